package io.fencegate.core.fence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The contract, and what is true of the table off the heap alone: its memory and its index. */
final class OffHeapFenceTableTest extends FenceTableContract {
    private static final long SEED = 42;

    private final OpenRequest request = new OpenRequest();

    @Override
    FenceTable create(final int capacity, final int nameBytesMax, final int payloadLengthMax) {
        return new OffHeapFenceTable(capacity, nameBytesMax, payloadLengthMax, SEED);
    }

    @Test
    void aResourceWithANameOf24BytesTakesAtMost128BytesOffTheHeap() {
        final int capacity = 100_003;
        try (OffHeapFenceTable table = new OffHeapFenceTable(capacity, 24L * capacity, 64, SEED)) {
            assertTrue(table.memoryLength() <= 128L * capacity, () -> "memoryLength=" + table.memoryLength());
            for (int i = 0; i < capacity; i++) {
                assertEquals(i, table.raise(request("orders/europe/%010d".formatted(i), 1)));
            }
            final ExpandableArrayBuffer name = new ExpandableArrayBuffer();
            for (int i = 0; i < capacity; i++) {
                assertEquals(i, table.find(request("orders/europe/%010d".formatted(i), 1)));
                assertEquals(24, table.copyName(i, name, 0));
                assertEquals("orders/europe/%010d".formatted(i), name.getStringWithoutLengthUtf8(0, 24));
            }
        }
    }

    @Test
    void aHashNeverStandsForAName() {
        try (OffHeapFenceTable table = new OffHeapFenceTable(1, 64, 64, SEED)) {
            table.raise(request("orders", 1));
            for (int i = 0; i < 10_000; i++) {
                assertEquals(FenceTable.NO_HANDLE, table.find(request("o" + i, 1)));
            }
            assertEquals(0, table.find(request("orders", 1)));
        }
    }

    @Test
    void whereANameFallsDependsOnTheSeed() {
        final UnsafeBuffer name = new UnsafeBuffer("orders".getBytes(StandardCharsets.US_ASCII));

        assertEquals(new NameHash(1).hash(name, 0, 6), new NameHash(1).hash(name, 0, 6));
        assertNotEquals(new NameHash(1).hash(name, 0, 6), new NameHash(2).hash(name, 0, 6));
        assertNotEquals(new NameHash(1).hash(name, 0, 6), new NameHash(1L << 63 | 1).hash(name, 0, 6));
    }

    @Test
    void aNameOfImpossibleLengthTakesNoPlace() {
        try (OffHeapFenceTable table = new OffHeapFenceTable(2, 1024, 64, SEED)) {
            assertThrows(IllegalArgumentException.class, () -> table.raise(request("n".repeat(129), 1)));
            assertThrows(IllegalArgumentException.class, () -> table.raise(request("", 1)));
            assertEquals(0, table.size());
            assertEquals(0, table.raise(request("n".repeat(128), 1)));
            assertThrows(IllegalArgumentException.class, () -> table.find(request("n".repeat(129), 1)));
        }
    }

    @Test
    void everySlotIsACacheLineOfItsOwn() {
        assertEquals(64, FenceSlotDescriptor.SLOT_LENGTH);
        for (int i = 0; i < 20; i++) {
            try (OffHeapRegion region = new OffHeapRegion(100 + i)) {
                assertEquals(0, region.address() % FenceSlotDescriptor.SLOT_LENGTH);
            }
        }
    }

    @Test
    void aClosedTableTakesNoResource() {
        final OffHeapFenceTable table = new OffHeapFenceTable(2, 64, 64, SEED);
        table.close();
        table.close();

        assertThrows(IllegalStateException.class, () -> table.raise(request("orders", 1)));
    }

    @Test
    void limitsOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new OffHeapFenceTable(0, 64, 64, SEED));
        assertThrows(IllegalArgumentException.class, () -> new OffHeapFenceTable((1 << 30) + 1, 64, 64, SEED));
        assertThrows(IllegalArgumentException.class, () -> new OffHeapFenceTable(1, 0, 64, SEED));
        assertThrows(IllegalArgumentException.class, () -> new OffHeapFenceTable(1, 64, 0, SEED));
    }

    private OpenRequest request(final String name, final long token) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return request.name(new UnsafeBuffer(bytes), 0, bytes.length).grant(token, 7, 0);
    }
}
