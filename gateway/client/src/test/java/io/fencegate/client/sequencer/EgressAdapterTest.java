package io.fencegate.client.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.client.session.lease.HeldLease;
import io.fencegate.client.session.lease.LeaseSession;
import io.fencegate.codecs.wire.GrantedEncoder;
import io.fencegate.codecs.wire.LeaseRefusedEncoder;
import io.fencegate.codecs.wire.LeasesEncoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.core.grant.LeaseVerdict;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the adapter makes of answers, of broken answers, and of bytes that are none. */
class EgressAdapterTest {
    private static final long CLIENT = 11;
    private static final long REQUEST = 22;
    private static final int FUZZ_ROUNDS = 200_000;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final LeaseSession session = new LeaseSession();
    private final EgressAdapter adapter = new EgressAdapter(session);

    @BeforeEach
    void start() {
        session.start(CLIENT, REQUEST);
    }

    @Test
    void aPageIsReadAndNoneThatIsCutShort() {
        final int length = encodePage();
        for (int cut = 0; cut < length; cut++) {
            adapter.onMessage(buffer, 0, cut);
            assertFalse(session.isAnswered(), "cut at " + cut);
        }
        adapter.onMessage(buffer, 0, length);
        assertTrue(session.isAnswered());
        assertEquals(List.of(new HeldLease("a", 1, 2, 3, 4), new HeldLease("bcd", 5, 6, 7, 8)), session.page());
    }

    @Test
    void aGrantIsReadAndNoneThatIsCutShort() {
        encodeGranted();
        final int blockEnd = MessageHeaderEncoder.ENCODED_LENGTH + GrantedEncoder.BLOCK_LENGTH;
        for (int cut = 0; cut < blockEnd; cut++) {
            adapter.onMessage(buffer, 0, cut);
            assertFalse(session.isAnswered(), "cut at " + cut);
        }
        adapter.onMessage(buffer, 0, blockEnd);
        assertEquals(7, session.token());
    }

    @Test
    void aVerdictThatNobodyKnowsIsPassedOver() {
        final int length = encodeRefused((short) 63);
        adapter.onMessage(buffer, 0, length);
        assertFalse(session.isAnswered());
        adapter.onMessage(buffer, 0, encodeRefused((short) LeaseVerdict.TOO_MANY_LEASES.code()));
        assertEquals(LeaseVerdict.TOO_MANY_LEASES, session.verdict());
    }

    @Test
    void randomBytesNeverThrow() {
        final Random random = new Random(4711);
        for (int round = 0; round < FUZZ_ROUNDS; round++) {
            final int length = switch (round % 3) {
                case 0 -> encodePage();
                case 1 -> encodeGranted();
                default -> encodeRefused((short) 29);
            };
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                buffer.putByte(random.nextInt(length), (byte) random.nextInt());
            }
            session.start(CLIENT, REQUEST);
            adapter.onMessage(new UnsafeBuffer(buffer, 0, length), 0, length);
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
                .verdict(verdict);
        return MessageHeaderEncoder.ENCODED_LENGTH + refused.encodedLength();
    }
}
