package io.fencegate.core.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.lease.command.LeaseAnswers;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.core.lease.order.TokenSequence;
import io.fencegate.core.lease.watch.LeaseEvent;
import io.fencegate.core.lease.watch.LeaseEvents;
import io.fencegate.core.lease.watch.Watch;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * After warm-up the lease table allocates nothing, whatever becomes of leases, waits and clients: counted by the JVM,
 * exactly, on the thread that runs it.
 */
final class LeaseTableAllocationTest {
    private static final int WARM_UP = 30_000;
    private static final int COUNTED = 10_000;
    private static final int ROUNDS_MAX = 10;
    private static final int CLIENTS = 12;
    private static final int RESOURCES = 9;
    private static final LeaseLimits LIMITS = new LeaseLimits(RESOURCES, 4, 8, CLIENTS, 4, 4, 6, 30_000);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Answers answers = new Answers();
    private final TokenSequence tokens = new TokenSequence();
    private final LeaseTable table = new LeaseTable(LIMITS, tokens, answers, answers);
    private final LeaseCommand command = new LeaseCommand();
    private final UnsafeBuffer names = new UnsafeBuffer(new byte[256]);
    private long requestId;
    private long clientFirst;
    private long now;
    private int nameLength;

    @Test
    void leasesWaitsAndClientsComeAndGoWithoutGarbage() {
        tokens.onTerm(1);
        names.setMemory(0, names.capacity(), (byte) 'n');
        turn(WARM_UP);
        answers.forget();

        assertEquals(0, allocatedInLeastRound(), "bytes allocated in each round");

        for (final LeaseVerdict verdict : new LeaseVerdict[] {
            LeaseVerdict.GRANTED,
            LeaseVerdict.RENEWED,
            LeaseVerdict.RELEASED,
            LeaseVerdict.QUEUED,
            LeaseVerdict.DENIED,
            LeaseVerdict.LEASE_LOST,
            LeaseVerdict.WAIT_TIMED_OUT,
            LeaseVerdict.CANCELLED,
            LeaseVerdict.WAIT_CANCELLED,
            LeaseVerdict.REVOKED,
            LeaseVerdict.REQUEST_TOO_OLD,
            LeaseVerdict.REQUEST_MISMATCH,
            LeaseVerdict.BAD_NAME
        }) {
            assertTrue(answers.count(verdict) >= COUNTED, () -> verdict + " was said too seldom");
        }
        assertTrue(answers.events > 5L * COUNTED, () -> "events=" + answers.events);
        assertTrue(clientFirst > COUNTED, "no client was forgotten");
    }

    /** The JVM allocates a few bytes of its own when it swaps compiled code; the law would in every round. */
    private long allocatedInLeastRound() {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS_MAX && least > 0; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            turn(COUNTED);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private void turn(final int count) {
        table.watch(on(0, 1), 1);
        for (int i = 0; i < count; i++) {
            now += 60_000;
            clientFirst++;
            table.sweep(now, 100);
            nameLength = 1 + i % 100;
            heldRenewedAndReleased(clientFirst, clientFirst + 1);
            handedOverAndExpired(clientFirst, clientFirst + 1);
            cancelledAndRevoked(clientFirst, clientFirst + 1);
        }
    }

    private void heldRenewedAndReleased(final long holder, final long other) {
        table.acquire(on(0, holder).terms(0, 1_000, 0), now);
        final long request = requestId;
        final long token = answers.token;
        table.acquire(on(0, other).terms(0, 1_000, 0), now);
        table.renew(on(0, holder).terms(token, 2_000, 0), now);
        table.acquire(on(0, holder).terms(0, 3_000, 0), now);
        table.acquire(again(holder, request).terms(0, 1_000, 0), now + 1);
        table.acquire(again(holder, request).terms(0, 1_001, 0), now + 1);
        table.acquire(on(0, holder).terms(0, 1_000, 0).name(names, 0, 0), now + 1);
        table.release(on(0, holder).terms(token, 0, 0), now + 1);
        table.release(on(0, holder).terms(token, 0, 0), now + 1);
        table.describe(on(0, other), now + 1);
    }

    private void handedOverAndExpired(final long holder, final long other) {
        table.acquire(on(1, holder).terms(0, 1_000, 0), now);
        final long token = answers.token;
        table.acquire(on(1, other).terms(0, 500, 5_000), now);
        final long waiting = requestId;
        table.acquire(on(1, other + 1).terms(0, 500, 400), now);
        table.acquire(on(1, other).terms(0, 700, 5_000), now);
        table.acquire(again(other, waiting).terms(0, 500, 5_000), now);
        table.sweep(now + 450, 100);
        table.release(on(1, holder).terms(token, 0, 0), now + 450);
        table.acquire(on(1, holder).terms(0, 1_000, 5_000), now + 500);
        table.sweep(now + 1_500, 100);
        table.sweep(now + 20_000, 100);
    }

    private void cancelledAndRevoked(final long holder, final long other) {
        table.acquire(on(2, holder).terms(0, 1_000, 0), now + 20_000);
        final long token = answers.token;
        table.acquire(on(2, other).terms(0, 1_000, 5_000), now + 20_000);
        final long waiting = requestId;
        table.cancelWait(on(2, other).waitRequestId(waiting), now + 20_000);
        table.cancelWait(on(2, other).waitRequestId(requestId + 7), now + 20_000);
        requestId += 10;
        table.cancelWait(on(2, other).waitRequestId(requestId - 3), now + 20_000);
        table.acquire(again(other, requestId - 3).terms(0, 1_000, 5_000), now + 20_000);
        table.revoke(on(2, other + 1).terms(token, 0, 0), now + 20_000);
        table.acquire(again(holder, requestId - 1_000).terms(0, 1_000, 0), now + 20_000);
    }

    /** The next command of a client. */
    private LeaseCommand on(final int resource, final long clientId) {
        return command.from(clientId, ++requestId).name(names, resource, nameLength + resource);
    }

    private LeaseCommand again(final long clientId, final long request) {
        return command.from(clientId, request);
    }

    /** Counts what is said, and remembers the last token granted. */
    private static final class Answers implements LeaseAnswers, LeaseEvents {
        private final Map<LeaseVerdict, long[]> counts = new EnumMap<>(LeaseVerdict.class);
        private long token;
        private long events;

        Answers() {
            for (final LeaseVerdict verdict : LeaseVerdict.values()) {
                counts.put(verdict, new long[1]);
            }
        }

        void forget() {
            counts.values().forEach(count -> count[0] = 0);
            events = 0;
        }

        long count(final LeaseVerdict verdict) {
            return counts.get(verdict)[0];
        }

        private void say(final LeaseVerdict verdict) {
            counts.get(verdict)[0]++;
        }

        @Override
        public void onGranted(
                final long clientId,
                final long requestId,
                final long granted,
                final long ttlMs,
                final long remainingMs,
                final DirectBuffer name,
                final int offset,
                final int length) {
            token = granted;
            say(LeaseVerdict.GRANTED);
        }

        @Override
        public void onFloor(final long clientId, final long requestId, final boolean isRaised, final long termOffset) {
            say(isRaised ? LeaseVerdict.FLOOR_RAISED : LeaseVerdict.FLOOR_KEPT);
        }

        @Override
        public void onQueued(final long clientId, final long requestId, final int place) {
            say(LeaseVerdict.QUEUED);
        }

        @Override
        public void onDenied(
                final long clientId,
                final long requestId,
                final long holder,
                final long holderToken,
                final long remainingMs) {
            say(LeaseVerdict.DENIED);
        }

        @Override
        public void onRenewed(
                final long clientId,
                final long requestId,
                final long renewed,
                final long ttlMs,
                final long remainingMs,
                final DirectBuffer name,
                final int offset,
                final int length) {
            say(LeaseVerdict.RENEWED);
        }

        @Override
        public void onReleased(final long clientId, final long requestId, final long released) {
            say(LeaseVerdict.RELEASED);
        }

        @Override
        public void onCancelled(final long clientId, final long requestId, final long waitRequestId) {
            say(LeaseVerdict.CANCELLED);
        }

        @Override
        public void onRevoked(
                final long clientId,
                final long requestId,
                final long fresh,
                final long revokedToken,
                final long revokedHolder,
                final DirectBuffer name,
                final int offset,
                final int length) {
            say(LeaseVerdict.REVOKED);
        }

        @Override
        public void onDescribed(
                final LeaseCommand asked,
                final long holder,
                final long current,
                final long ttlMs,
                final long remainingMs,
                final int waiters) {}

        @Override
        public void onUnwatched(final long clientId, final long requestId, final long watchRequestId) {}

        @Override
        public void onRefused(
                final long clientId,
                final long requestId,
                final LeaseVerdict verdict,
                final long currentToken,
                final long currentHolder,
                final LeaseEnd end) {
            say(verdict);
        }

        @Override
        public void onWatching(final Watch watch, final long revision) {}

        @Override
        public void onEvent(final Watch watch, final LeaseEvent event) {
            events++;
        }

        @Override
        public void onWatchEnded(final Watch watch) {}
    }
}
