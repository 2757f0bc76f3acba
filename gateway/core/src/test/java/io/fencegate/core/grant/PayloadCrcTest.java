package io.fencegate.core.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Checksums are the same on and off the heap, and those of the JDK. */
final class PayloadCrcTest {
    private final PayloadCrc payloadCrc = new PayloadCrc();

    @Test
    void theCrcIsCrc32cAsItsCheckValueSays() {
        final byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);
        final UnsafeBuffer onHeap = new UnsafeBuffer(check);
        final UnsafeBuffer offHeap = new UnsafeBuffer(ByteBuffer.allocateDirect(32));
        offHeap.putBytes(5, check);

        assertEquals(0xE3069283, payloadCrc.compute(onHeap, 0, 9));
        assertEquals(0xE3069283, payloadCrc.compute(offHeap, 5, 9));
    }

    @Test
    void anEmptyPayloadHasCrcZero() {
        assertEquals(0, payloadCrc.compute(null, 0, 0));
        assertEquals(0, payloadCrc.compute(new UnsafeBuffer(new byte[4]), 4, 0));
    }

    @Test
    void aPayloadOutsideItsBufferIsNeverRead() {
        final UnsafeBuffer onHeap = new UnsafeBuffer(new byte[64], 16, 16);
        final UnsafeBuffer offHeap = new UnsafeBuffer(ByteBuffer.allocateDirect(64), 16, 16);

        for (final UnsafeBuffer buffer : new UnsafeBuffer[] {onHeap, offHeap}) {
            assertThrows(IndexOutOfBoundsException.class, () -> payloadCrc.compute(buffer, 0, 17));
            assertThrows(IndexOutOfBoundsException.class, () -> payloadCrc.compute(buffer, 16, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> payloadCrc.compute(buffer, -1, 2));
            assertThrows(IndexOutOfBoundsException.class, () -> payloadCrc.compute(buffer, 0, -1));
            assertThrows(IndexOutOfBoundsException.class, () -> payloadCrc.compute(buffer, 1, Integer.MAX_VALUE));
        }
    }

    @Test
    void theRunningCrcIsTheCrcOverAllCrcs() {
        final Random random = new Random(1);
        final CRC32C expected = new CRC32C();
        int running = 0;
        for (int i = 0; i < 10_000; i++) {
            final int crc = random.nextInt();
            expected.update(new byte[] {(byte) crc, (byte) (crc >> 8), (byte) (crc >> 16), (byte) (crc >> 24)});
            running = PayloadCrc.fold(running, crc);
            assertEquals((int) expected.getValue(), running);
        }
    }
}
