package io.fencegate.sequencer.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fencegate.codecs.wire.AcquireEncoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.core.access.AccessChange;
import io.fencegate.core.access.AccessRule;
import io.fencegate.core.grant.SealKey.Action;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.sequencer.WireCommands;
import io.fencegate.sequencer.charter.KeyChange;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Commands come through as they were sent; everything else is MALFORMED, and nothing throws. */
class IngressAdapterTest {
    private static final int OFFSET = 24;

    private final List<String> calls = new ArrayList<>();
    private final IngressAdapter adapter = new IngressAdapter(new Recorder());
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    private final WireCommands wire = new WireCommands(buffer, OFFSET);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final List<IntSupplier> commands = List.of(
            this::acquire,
            this::renew,
            this::release,
            this::cancelWait,
            this::revoke,
            this::raiseFloor,
            this::setFloor,
            this::describe,
            this::unwatch,
            this::changeAccess,
            this::describeAccess,
            () -> changeKey(Action.RETIRE),
            () -> wire.describeKeys(7, 8),
            () -> watch("or"),
            () -> list("or", "orders"));

    @Test
    void anAcquireComesThrough() {
        adapter.onMessage(buffer, OFFSET, acquire());

        assertEquals(List.of("acquire client=7 request=8 token=0 ttl=9 wait=10 waitRequest=0 name=orders"), calls);
    }

    @Test
    void aRenewComesThrough() {
        adapter.onMessage(buffer, OFFSET, renew());

        assertEquals(List.of("renew client=7 request=8 token=11 ttl=9 wait=0 waitRequest=0 name=orders"), calls);
    }

    @Test
    void aReleaseComesThrough() {
        adapter.onMessage(buffer, OFFSET, release());

        assertEquals(List.of("release client=7 request=8 token=11 ttl=0 wait=0 waitRequest=0 name=orders"), calls);
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
    void whatOperatorsAskAboutAccessComesThroughAndWhatIsNoRuleStaysNone() {
        adapter.onMessage(buffer, OFFSET, changeAccess());
        adapter.onMessage(buffer, OFFSET, describeAccess());
        final int length = changeAccess();
        buffer.putByte(OFFSET + length - 1, (byte) 0xC3); // No UTF-8 ends so.
        adapter.onMessage(buffer, OFFSET, length);

        assertEquals(
                List.of(
                        "AccessChange[clientId=7, requestId=8, revisionExpected=9, isAllowed=true,"
                                + " rule=AccessRule[principal=alice, prefix=or, rights=5]]",
                        "describeAccess client=7 request=8 from=3",
                        "AccessChange[clientId=7, requestId=8, revisionExpected=9, isAllowed=true,"
                                + " rule=AccessRule[principal=alice, prefix=\0, rights=5]]"),
                calls);
    }

    @Test
    void waitsWatchesAndWhatOperatorsAskComeThrough() {
        adapter.onMessage(buffer, OFFSET, cancelWait());
        adapter.onMessage(buffer, OFFSET, revoke());
        adapter.onMessage(buffer, OFFSET, describe());
        adapter.onMessage(buffer, OFFSET, watch("or"));
        adapter.onMessage(buffer, OFFSET, watch(""));
        adapter.onMessage(buffer, OFFSET, unwatch());

        assertEquals(
                List.of(
                        "cancelWait client=7 request=8 token=0 ttl=0 wait=0 waitRequest=12 name=orders",
                        "revoke client=7 request=8 token=11 ttl=0 wait=0 waitRequest=0 name=orders",
                        "describe client=7 request=8 token=0 ttl=0 wait=0 waitRequest=0 name=orders",
                        "watch client=7 request=8 token=0 ttl=0 wait=0 waitRequest=0 name=or",
                        "watch client=7 request=8 token=0 ttl=0 wait=0 waitRequest=0 name=",
                        "unwatch client=7 request=8 watch=13"),
                calls);
    }

    @Test
    void aProofAndAnOperatorsWordComeThrough() {
        adapter.onMessage(buffer, OFFSET, raiseFloor());
        adapter.onMessage(buffer, OFFSET, setFloor());

        assertEquals(
                List.of(
                        "raiseFloor proven=-4 proof=15 client=7 request=8 token=14 ttl=0 wait=0 waitRequest=0 name=orders",
                        "raiseFloor proven=0 proof=0 client=7 request=8 token=14 ttl=0 wait=0 waitRequest=0 name="),
                calls);
    }

    @Test
    void whatOperatorsWantOfKeysComesThroughAndAnUnknownActionDoesNot() {
        adapter.onMessage(buffer, OFFSET, changeKey(Action.ADD));
        adapter.onMessage(buffer, OFFSET, changeKey(Action.RETIRE));
        adapter.onMessage(buffer, OFFSET, wire.describeKeys(7, 8));
        for (final int code : new int[] {0, 3, 255}) {
            final int length = changeKey(Action.ADD);
            buffer.putByte(OFFSET + length - 1, (byte) code);
            adapter.onMessage(buffer, OFFSET, length);
        }

        assertEquals(
                List.of(
                        new KeyChange(7, 8, Action.ADD, 9, 10, 11).toString(),
                        new KeyChange(7, 8, Action.RETIRE, 9, 10, 11).toString(),
                        "describeKeys client=7 request=8",
                        "malformed client=7 request=8",
                        "malformed client=7 request=8",
                        "malformed client=7 request=8"),
                calls);
    }

    @Test
    void aNameThatIsTooLongIsForTheLawToRefuse() {
        final int fixed = acquire() - "orders".length();
        buffer.putShort(OFFSET + fixed - Short.BYTES, (short) 300, ByteOrder.LITTLE_ENDIAN);
        buffer.putStringWithoutLengthUtf8(OFFSET + fixed, "n".repeat(300));

        adapter.onMessage(buffer, OFFSET, fixed + 300);

        assertEquals(
                List.of("acquire client=7 request=8 token=0 ttl=9 wait=10 waitRequest=0 name=" + "n".repeat(300)),
                calls);
    }

    @Test
    void everyTruncationAndEveryTrailingByteIsMalformed() {
        for (final IntSupplier command : commands) {
            final int length = command.getAsInt();
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
        for (int i = 0; i < 200_000; i++) {
            final int length = commands.get(i % commands.size()).getAsInt();
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

    private int cancelWait() {
        return wire.cancelWait(7, 8, 12, "orders");
    }

    private int revoke() {
        return wire.revoke(7, 8, 11, "orders");
    }

    private int raiseFloor() {
        return wire.raiseFloor(7, 8, 14, -4, 15, "orders");
    }

    private int setFloor() {
        return wire.raiseFloor(7, 8, 14, 0, 0, "");
    }

    private int describe() {
        return wire.describe(7, 8, "orders");
    }

    private int watch(final String prefix) {
        return wire.watch(7, 8, prefix);
    }

    private int changeKey(final Action action) {
        return wire.changeKey(new KeyChange(7, 8, action, 9, 10, 11));
    }

    private int unwatch() {
        return wire.unwatch(7, 8, 13);
    }

    private int acquire() {
        return wire.acquire(7, 8, 9, 10, "orders");
    }

    private int changeAccess() {
        return wire.changeAccess(new AccessChange(7, 8, 9, true, new AccessRule("alice", "or", 5)));
    }

    private int describeAccess() {
        return wire.describeAccess(7, 8, 3);
    }

    private int renew() {
        return wire.renew(7, 8, 11, 9, "orders");
    }

    private int release() {
        return wire.release(7, 8, 11, "orders");
    }

    private int list(final String prefix, final String after) {
        return wire.list(7, 8, prefix, after);
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
        public void onCancelWait(final LeaseCommand command) {
            add("cancelWait", command);
        }

        @Override
        public void onRevoke(final LeaseCommand command) {
            add("revoke", command);
        }

        @Override
        public void onRaiseFloor(final LeaseCommand command) {
            add("raiseFloor proven=" + command.provenClientId() + " proof=" + command.proof(), command);
        }

        @Override
        public void onDescribe(final LeaseCommand command) {
            add("describe", command);
        }

        @Override
        public void onWatch(final LeaseCommand command) {
            add("watch", command);
        }

        @Override
        public void onUnwatch(final long clientId, final long requestId, final long watchRequestId) {
            calls.add("unwatch client=" + clientId + " request=" + requestId + " watch=" + watchRequestId);
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
        public void onChangeAccess(final AccessChange change) {
            calls.add(change.toString());
        }

        @Override
        public void onChangeKey(final KeyChange change) {
            calls.add(change.toString());
        }

        @Override
        public void onDescribeKeys(final long clientId, final long requestId) {
            calls.add("describeKeys client=" + clientId + " request=" + requestId);
        }

        @Override
        public void onDescribeAccess(final long clientId, final long requestId, final int from) {
            calls.add("describeAccess client=" + clientId + " request=" + requestId + " from=" + from);
        }

        @Override
        public void onMalformed(final long clientId, final long requestId) {
            calls.add("malformed client=" + clientId + " request=" + requestId);
        }

        private void add(final String kind, final LeaseCommand command) {
            calls.add(kind + " client=" + command.clientId() + " request=" + command.requestId() + " token="
                    + command.token() + " ttl=" + command.ttlMs() + " wait=" + command.waitMs() + " waitRequest="
                    + command.waitRequestId() + " name="
                    + command.nameBuffer().getStringWithoutLengthUtf8(command.nameOffset(), command.nameLength()));
        }
    }
}
