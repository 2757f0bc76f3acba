package io.fencegate.client.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.client.session.CallTimes;
import io.fencegate.client.session.keys.KeyChange;
import io.fencegate.client.session.lease.CommandKind;
import io.fencegate.client.session.lease.Fence;
import io.fencegate.client.session.lease.HeldLease;
import io.fencegate.client.session.lease.LeaseAnswer;
import io.fencegate.client.session.lease.LeaseCommand;
import io.fencegate.client.session.lease.LeaseEvent;
import io.fencegate.client.session.lease.LeaseSession;
import io.fencegate.client.session.lease.WatchNews;
import io.fencegate.client.session.lease.WatchSession;
import io.fencegate.codecs.wire.AccessEncoder;
import io.fencegate.codecs.wire.DescribedEncoder;
import io.fencegate.codecs.wire.FloorKeptEncoder;
import io.fencegate.codecs.wire.FloorRaisedEncoder;
import io.fencegate.codecs.wire.GrantedEncoder;
import io.fencegate.codecs.wire.KeysEncoder;
import io.fencegate.codecs.wire.LeaseEventEncoder;
import io.fencegate.codecs.wire.LeaseRefusedEncoder;
import io.fencegate.codecs.wire.LeasesEncoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.codecs.wire.RevokedEncoder;
import io.fencegate.codecs.wire.UnwatchedEncoder;
import io.fencegate.codecs.wire.WaitCancelledEncoder;
import io.fencegate.codecs.wire.WatchingEncoder;
import io.fencegate.core.access.AccessRule;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseEventKind;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.SealKey;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the adapter makes of answers, of broken answers, and of bytes that are none. */
class EgressAdapterTest {
    private static final long CLIENT = 11;
    private static final long REQUEST = 22;
    private static final Grant GRANT = new Grant("orders", 7, CLIENT, 9, 8);
    private static final int FUZZ_ROUNDS = 200_000;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final LeaseSession session = new LeaseSession(new CallTimes(10, 1, 1, 1));
    private final EgressAdapter adapter = new EgressAdapter(session);

    private LeaseCommand begin(final LeaseCommand command) {
        session.begin(command, 1, LeaseCommand.NO_DEADLINE);
        return command;
    }

    private LeaseCommand begin(final CommandKind kind) {
        return begin(
                switch (kind) {
                    case ACQUIRE -> LeaseCommand.acquire(CLIENT, REQUEST, "orders", 9, 0);
                    case LIST -> LeaseCommand.list(CLIENT, REQUEST, "", "");
                    case DESCRIBE -> LeaseCommand.describe(CLIENT, REQUEST, "orders");
                    case REVOKE -> LeaseCommand.revoke(CLIENT, REQUEST, "orders", 7);
                    case CANCEL_WAIT ->
                        LeaseCommand.cancelWait(REQUEST, LeaseCommand.acquire(CLIENT, REQUEST - 1, "orders", 9, 9));
                    case WATCH -> LeaseCommand.watch(CLIENT, REQUEST, "");
                    case UNWATCH -> LeaseCommand.unwatch(REQUEST, LeaseCommand.watch(CLIENT, REQUEST - 1, ""));
                    case RENEW -> LeaseCommand.renew(REQUEST, GRANT, 9);
                    case RELEASE -> LeaseCommand.release(REQUEST, GRANT);
                    case CHANGE_ACCESS ->
                        LeaseCommand.changeAccess(CLIENT, REQUEST, 4, true, new AccessRule("alice", "", 1));
                    case DESCRIBE_ACCESS -> LeaseCommand.describeAccess(CLIENT, REQUEST, 0);
                    case RAISE_FLOOR -> LeaseCommand.raiseFloor(CLIENT, REQUEST, "orders", new Fence(7, 8, 9));
                    case DESCRIBE_KEYS -> LeaseCommand.describeKeys(CLIENT, REQUEST);
                    case CHANGE_KEY ->
                        LeaseCommand.changeKey(CLIENT, REQUEST, new KeyChange(SealKey.Action.ADD, 3, 2, 1));
                });
    }

    @Test
    void rulesAreReadAndNoneThatAreCutShort() {
        for (final CommandKind kind : List.of(CommandKind.CHANGE_ACCESS, CommandKind.DESCRIBE_ACCESS)) {
            final LeaseCommand command = begin(kind);
            final LeaseAnswer answer = command.answer();
            final int length = encodeAccess();
            for (int cut = 0; cut < length; cut++) {
                adapter.onMessage(buffer, 0, cut);
                assertFalse(answer.isFinal(), "cut at " + cut);
            }
            adapter.onMessage(buffer, 0, length);
            assertTrue(answer.isFinal() && answer.hasMore());
            assertEquals(6, answer.revision());
            assertEquals(
                    List.of(new AccessRule("alice", "orders/", 5), new AccessRule("root", "", 15)), answer.rules());
            session.forget(command);
        }
    }

    @Test
    void aPageIsReadAndNoneThatIsCutShort() {
        final LeaseAnswer answer = begin(CommandKind.LIST).answer();
        final int length = encodePage();
        for (int cut = 0; cut < length; cut++) {
            adapter.onMessage(buffer, 0, cut);
            assertFalse(answer.isFinal(), "cut at " + cut);
        }
        adapter.onMessage(buffer, 0, length);
        assertTrue(answer.isFinal());
        assertEquals(List.of(new HeldLease("a", 1, 2, 3, 4), new HeldLease("bcd", 5, 6, 7, 8)), answer.page());
    }

    @Test
    void aGrantIsReadAndNoneThatIsCutShort() {
        final LeaseAnswer answer = begin(CommandKind.ACQUIRE).answer();
        encodeGranted();
        final int blockEnd = MessageHeaderEncoder.ENCODED_LENGTH + GrantedEncoder.BLOCK_LENGTH;
        for (int cut = 0; cut < blockEnd; cut++) {
            adapter.onMessage(buffer, 0, cut);
            assertFalse(answer.isFinal(), "cut at " + cut);
        }
        adapter.onMessage(buffer, 0, blockEnd);
        assertEquals(7, answer.token());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "DESCRIBE, LeaseState[resource=orders; holder=1; token=2; ttlMs=3; remainingMs=4; waiters=5]",
        "REVOKE, REVOKED 7/8 LeaseState[resource=orders; holder=2; token=1; ttlMs=0; remainingMs=0; waiters=0]",
        "CANCEL_WAIT, CANCELLED",
        "RAISE_FLOOR, FLOOR_RAISED 65536",
        "WATCH, revision 6",
        "UNWATCH, CANCELLED",
        "DESCRIBE_KEYS, LiveKeys[revision=4; fingerprints=[-5; 6]; retirementPosition=7]",
        "CHANGE_KEY, LiveKeys[revision=4; fingerprints=[-5; 6]; retirementPosition=7]"
    })
    void everyOtherAnswerIsReadAndNoneThatIsCutShort(final CommandKind kind, final String told) {
        final LeaseAnswer answer = begin(kind).answer();
        final int length = encodeAnswer(kind);
        for (int cut = 0; cut < length; cut++) {
            adapter.onMessage(buffer, 0, cut);
            assertFalse(answer.isFinal(), "cut at " + cut);
        }
        adapter.onMessage(buffer, 0, length);
        assertTrue(answer.isFinal());
        final String text = switch (kind) {
            case DESCRIBE -> answer.state().toString();
            case REVOKE -> answer.verdict() + " " + answer.token() + "/" + answer.seal() + " " + answer.state();
            case RAISE_FLOOR -> answer.verdict() + " " + answer.termOffset();
            case WATCH -> "revision " + answer.revision();
            case DESCRIBE_KEYS, CHANGE_KEY -> answer.keys().toString();
            default -> answer.verdict().toString();
        };
        assertEquals(told, text.replace(',', ';'));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 2", "3, 2", "255, 2"})
    void noMoreKeysAreReadThanAMessageHas(final int told, final int read) {
        final LeaseAnswer answer = begin(CommandKind.DESCRIBE_KEYS).answer();
        adapter.onMessage(buffer, 0, encodeKeys(told));
        assertEquals(List.of(-5L, 6L).subList(0, read), answer.keys().fingerprints());
    }

    @Test
    void aFloorThatWasKeptIsReadAndNoneThatIsCutShort() {
        final LeaseAnswer answer = begin(CommandKind.RAISE_FLOOR).answer();
        final int length = ended(new FloorKeptEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestId(REQUEST)
                .clientId(CLIENT)
                .termOffset(131_072)
                .encodedLength());
        for (int cut = 0; cut < length; cut++) {
            adapter.onMessage(buffer, 0, cut);
            assertFalse(answer.isFinal(), "cut at " + cut);
        }
        adapter.onMessage(buffer, 0, length);
        assertEquals(LeaseVerdict.FLOOR_KEPT, answer.verdict());
        assertEquals(131_072, answer.termOffset());
    }

    @Test
    void anAnswerOfAnotherKindIsPassedOver() {
        final LeaseAnswer answer = begin(CommandKind.RENEW).answer();
        adapter.onMessage(buffer, 0, encodeGranted());
        adapter.onMessage(buffer, 0, encodeAnswer(CommandKind.DESCRIBE));
        assertFalse(answer.isFinal());
    }

    @Test
    void anEventIsReadAndNoneThatIsCutShort() {
        final WatchSession watch = new WatchSession(CLIENT, REQUEST, "");
        session.add(watch);
        final int length = encodeEvent((short) 2);
        for (int cut = 0; cut < length; cut++) {
            adapter.onMessage(buffer, 0, cut);
            assertEquals(WatchNews.NONE, watch.news(), "cut at " + cut);
        }
        adapter.onMessage(buffer, 0, length);
        assertEquals(WatchNews.EVENT, watch.news());
        assertEquals(new LeaseEvent(6, LeaseEventKind.RENEWED, "orders", 1, 2, 3), watch.takeEvent());
        adapter.onMessage(buffer, 0, encodeEvent((short) 200));
        assertEquals(WatchNews.NONE, watch.news());
    }

    @Test
    void aVerdictThatNobodyKnowsIsPassedOver() {
        final LeaseAnswer answer = begin(CommandKind.ACQUIRE).answer();
        final int length = encodeRefused((short) 63);
        adapter.onMessage(buffer, 0, length);
        assertFalse(answer.isFinal());
        adapter.onMessage(buffer, 0, encodeRefused((short) LeaseVerdict.LEASE_LOST.code()));
        assertEquals(LeaseVerdict.LEASE_LOST, answer.verdict());
        assertEquals(3, answer.holder());
        assertEquals(LeaseEnd.REVOKED, answer.end());
    }

    @Test
    void randomBytesNeverThrow() {
        final Random random = new Random(4711);
        final CommandKind[] kinds = CommandKind.values();
        session.add(new WatchSession(CLIENT, REQUEST, ""));
        for (int round = 0; round < FUZZ_ROUNDS; round++) {
            final CommandKind kind = kinds[random.nextInt(kinds.length)];
            final LeaseCommand command = begin(kind);
            final int length = random.nextInt(3) == 0 ? encodeRefused((short) 29) : encodeAnswer(kind);
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                buffer.putByte(random.nextInt(length), (byte) random.nextInt());
            }
            adapter.onMessage(new UnsafeBuffer(buffer, 0, length), 0, length);
            session.forget(command);
        }
    }

    private int encodePage() {
        final LeasesEncoder leases = new LeasesEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestId(REQUEST)
                .clientId(CLIENT)
                .more((short) 0);
        final LeasesEncoder.LeaseEncoder lease = leases.leaseCount(2);
        lease.next().holder(1).token(2).remainingMs(3).waiters(4).resource("a");
        lease.next().holder(5).token(6).remainingMs(7).waiters(8).resource("bcd");
        return MessageHeaderEncoder.ENCODED_LENGTH + leases.encodedLength();
    }

    private int encodeGranted() {
        final GrantedEncoder granted = new GrantedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestId(REQUEST)
                .clientId(CLIENT)
                .token(7)
                .seal(8)
                .ttlMs(9)
                .remainingMs(10)
                .resource("orders");
        return MessageHeaderEncoder.ENCODED_LENGTH + granted.encodedLength();
    }

    private int encodeRefused(final short verdict) {
        final LeaseRefusedEncoder refused = new LeaseRefusedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestId(REQUEST)
                .clientId(CLIENT)
                .currentToken(7)
                .currentHolder(3)
                .verdict(verdict)
                .reason((short) LeaseEnd.REVOKED.code());
        return MessageHeaderEncoder.ENCODED_LENGTH + refused.encodedLength();
    }

    private int encodeEvent(final short kind) {
        final LeaseEventEncoder event = new LeaseEventEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .watchRequestId(REQUEST)
                .clientId(CLIENT)
                .revision(6)
                .holder(1)
                .token(2)
                .remainingMs(3)
                .kind(kind)
                .resource("orders");
        return MessageHeaderEncoder.ENCODED_LENGTH + event.encodedLength();
    }

    private int encodeAnswer(final CommandKind kind) {
        return switch (kind) {
            case ACQUIRE -> encodeGranted();
            case LIST -> encodePage();
            case RENEW -> encodeEvent((short) 1);
            case RELEASE -> encodeEvent((short) 3);
            case DESCRIBE ->
                ended(new DescribedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestId(REQUEST)
                        .clientId(CLIENT)
                        .holder(1)
                        .token(2)
                        .ttlMs(3)
                        .remainingMs(4)
                        .waiters(5)
                        .resource("orders")
                        .encodedLength());
            case REVOKE -> encodeRevoked();
            case RAISE_FLOOR ->
                ended(new FloorRaisedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestId(REQUEST)
                        .clientId(CLIENT)
                        .termOffset(65_536)
                        .encodedLength());
            case CANCEL_WAIT ->
                ended(new WaitCancelledEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestId(REQUEST)
                        .clientId(CLIENT)
                        .waitRequestId(REQUEST - 1)
                        .encodedLength());
            case WATCH ->
                ended(new WatchingEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestId(REQUEST)
                        .clientId(CLIENT)
                        .revision(6)
                        .encodedLength());
            case CHANGE_ACCESS, DESCRIBE_ACCESS -> encodeAccess();
            case UNWATCH ->
                ended(new UnwatchedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestId(REQUEST)
                        .clientId(CLIENT)
                        .watchRequestId(REQUEST - 1)
                        .encodedLength());
            case DESCRIBE_KEYS, CHANGE_KEY -> encodeKeys(2);
        };
    }

    private int encodeRevoked() {
        return ended(new RevokedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestId(REQUEST)
                .clientId(CLIENT)
                .token(7)
                .seal(8)
                .revokedToken(1)
                .revokedHolder(2)
                .resource("orders")
                .encodedLength());
    }

    private int encodeAccess() {
        final AccessEncoder access = new AccessEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestId(REQUEST)
                .clientId(CLIENT)
                .revision(6)
                .rules(3)
                .from(0)
                .more((short) 1);
        access.ruleCount(2)
                .next()
                .rights((short) 5)
                .principal("alice")
                .prefix("orders/")
                .next()
                .rights((short) 15)
                .principal("root")
                .prefix("");
        return ended(access.encodedLength());
    }

    private int encodeKeys(final int live) {
        return ended(new KeysEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestId(REQUEST)
                .clientId(CLIENT)
                .revision(4)
                .newest(-5)
                .older(6)
                .retirementPosition(7)
                .live((short) live)
                .encodedLength());
    }

    private static int ended(final int bodyLength) {
        return MessageHeaderEncoder.ENCODED_LENGTH + bodyLength;
    }
}
