package io.fencegate.sequencer.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fencegate.codecs.wire.AcquireEncoder;
import io.fencegate.codecs.wire.ListLeasesEncoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.codecs.wire.ReleaseEncoder;
import io.fencegate.codecs.wire.RenewEncoder;
import io.fencegate.core.lease.command.LeaseCommand;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Commands come through as they were sent; everything else is MALFORMED, and nothing throws. */
class IngressAdapterTest {
    private static final int OFFSET = 24;

    private final List<String> calls = new ArrayList<>();
    private final IngressAdapter adapter = new IngressAdapter(new Recorder());
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    @Test
    void anAcquireComesThrough() {
        adapter.onMessage(buffer, OFFSET, acquire());

        assertEquals(List.of("acquire client=7 request=8 token=0 ttl=9 wait=10 name=orders"), calls);
    }

    @Test
    void aRenewComesThrough() {
        adapter.onMessage(buffer, OFFSET, renew());

        assertEquals(List.of("renew client=7 request=8 token=11 ttl=9 wait=0 name=orders"), calls);
    }

    @Test
    void aReleaseComesThrough() {
        adapter.onMessage(buffer, OFFSET, release());

        assertEquals(List.of("release client=7 request=8 token=11 ttl=0 wait=0 name=orders"), calls);
    }

    @Test
    void aListComesThrough() {
        adapter.onMessage(buffer, OFFSET, list("or", "orders"));
        adapter.onMessage(buffer, OFFSET, list("", ""));

        assertEquals(
                List.of("list client=7 request=8 prefix=or after=orders", "list client=7 request=8 prefix= after="),
                calls);
    }

    @Test
    void aNameThatIsTooLongIsForTheLawToRefuse() {
        final int fixed = acquire() - "orders".length();
        buffer.putShort(OFFSET + fixed - Short.BYTES, (short) 300, ByteOrder.LITTLE_ENDIAN);
        buffer.putStringWithoutLengthUtf8(OFFSET + fixed, "n".repeat(300));

        adapter.onMessage(buffer, OFFSET, fixed + 300);

        assertEquals(List.of("acquire client=7 request=8 token=0 ttl=9 wait=10 name=" + "n".repeat(300)), calls);
    }

    @Test
    void everyTruncationAndEveryTrailingByteIsMalformed() {
        for (final int length : new int[] {acquire(), renew(), release(), list("or", "orders")}) {
            encodeByLength(length);
            for (int shorter = 0; shorter < length; shorter++) {
                adapter.onMessage(buffer, OFFSET, shorter);
                assertMalformed("length=" + shorter + " of " + length);
            }
            adapter.onMessage(buffer, OFFSET, length + 1);
            assertMalformed("length=" + (length + 1) + " of " + length);
        }
    }

    @Test
    void aTruncatedNameStillTellsWhoAsked() {
        adapter.onMessage(buffer, OFFSET, acquire() - 1);
        adapter.onMessage(buffer, OFFSET, list("or", "orders") - 1);

        assertEquals(List.of("malformed client=7 request=8", "malformed client=7 request=8"), calls);
    }

    @Test
    void unknownSchemaVersionTemplateAndBlockLengthAreMalformed() {
        final int length = acquire();
        header.wrap(buffer, OFFSET).schemaId(5102);
        adapter.onMessage(buffer, OFFSET, length);
        assertMalformed("schema");

        acquire();
        header.wrap(buffer, OFFSET).version(2);
        adapter.onMessage(buffer, OFFSET, length);
        assertMalformed("version");

        acquire();
        header.wrap(buffer, OFFSET).version(0);
        adapter.onMessage(buffer, OFFSET, length);
        assertMalformed("version");

        acquire();
        header.wrap(buffer, OFFSET).templateId(60);
        adapter.onMessage(buffer, OFFSET, length);
        assertMalformed("template");

        acquire();
        header.wrap(buffer, OFFSET).blockLength(AcquireEncoder.BLOCK_LENGTH + 8);
        adapter.onMessage(buffer, OFFSET, length);
        assertMalformed("block length");
    }

    @Test
    void garbageLeadsToExactlyOneCallEach() {
        final Random random = new Random(5101);
        final int[] lengths = {acquire(), renew(), release(), list("or", "orders")};
        for (int i = 0; i < 200_000; i++) {
            final int length = lengths[i % lengths.length];
            encodeByLength(length);
            for (int flips = random.nextInt(6); flips >= 0; flips--) {
                buffer.putByte(OFFSET + random.nextInt(length), (byte) random.nextInt());
            }
            final UnsafeBuffer exact = new UnsafeBuffer(buffer, 0, OFFSET + length);
            adapter.onMessage(exact, OFFSET, i % 3 == 0 ? random.nextInt(length + 1) : length);
            assertEquals(1, calls.size(), () -> calls.toString());
            calls.clear();
        }
    }

    private void assertMalformed(final String what) {
        assertEquals(1, calls.size(), () -> what + " " + calls);
        assertEquals(0, calls.get(0).indexOf("malformed "), () -> what + " " + calls);
        calls.clear();
    }

    private void encodeByLength(final int length) {
        if (acquire() == length) {
            return;
        }
        if (renew() == length) {
            return;
        }
        if (release() != length) {
            list("or", "orders");
        }
    }

    private int acquire() {
        return MessageHeaderEncoder.ENCODED_LENGTH
                + new AcquireEncoder()
                        .wrapAndApplyHeader(buffer, OFFSET, header)
                        .clientId(7)
                        .requestId(8)
                        .ttlMs(9)
                        .waitMs(10)
                        .resource("orders")
                        .encodedLength();
    }

    private int renew() {
        return MessageHeaderEncoder.ENCODED_LENGTH
                + new RenewEncoder()
                        .wrapAndApplyHeader(buffer, OFFSET, header)
                        .clientId(7)
                        .requestId(8)
                        .token(11)
                        .ttlMs(9)
                        .resource("orders")
                        .encodedLength();
    }

    private int release() {
        return MessageHeaderEncoder.ENCODED_LENGTH
                + new ReleaseEncoder()
                        .wrapAndApplyHeader(buffer, OFFSET, header)
                        .clientId(7)
                        .requestId(8)
                        .token(11)
                        .resource("orders")
                        .encodedLength();
    }

    private int list(final String prefix, final String after) {
        return MessageHeaderEncoder.ENCODED_LENGTH
                + new ListLeasesEncoder()
                        .wrapAndApplyHeader(buffer, OFFSET, header)
                        .clientId(7)
                        .requestId(8)
                        .prefix(prefix)
                        .after(after)
                        .encodedLength();
    }

    /** Reads every byte that it is given, so that a length beyond the buffer shows. */
    private final class Recorder implements LeaseCommandHandler {
        @Override
        public void onAcquire(final LeaseCommand command) {
            add("acquire", command);
        }

        @Override
        public void onRenew(final LeaseCommand command) {
            add("renew", command);
        }

        @Override
        public void onRelease(final LeaseCommand command) {
            add("release", command);
        }

        @Override
        public void onListLeases(
                final long clientId,
                final long requestId,
                final DirectBuffer in,
                final int prefixOffset,
                final int prefixLength,
                final int afterOffset,
                final int afterLength) {
            calls.add("list client=" + clientId + " request=" + requestId + " prefix="
                    + in.getStringWithoutLengthUtf8(prefixOffset, prefixLength) + " after="
                    + in.getStringWithoutLengthUtf8(afterOffset, afterLength));
        }

        @Override
        public void onMalformed(final long clientId, final long requestId) {
            calls.add("malformed client=" + clientId + " request=" + requestId);
        }

        private void add(final String kind, final LeaseCommand command) {
            calls.add(kind + " client=" + command.clientId() + " request=" + command.requestId() + " token="
                    + command.token() + " ttl=" + command.ttlMs() + " wait=" + command.waitMs() + " name="
                    + command.nameBuffer().getStringWithoutLengthUtf8(command.nameOffset(), command.nameLength()));
        }
    }
}
