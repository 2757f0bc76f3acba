package io.fencegate.sequencer.counters;

import io.aeron.Aeron;
import io.aeron.Counter;
import io.aeron.cluster.service.Cluster;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.counters.SequencerCountersDescriptor.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Shows the counters of a node to other processes, in the counters file of its media driver. Asks for them without
 * waiting and copies values into those that it was given; a counter that it does not get costs nothing but itself: the
 * error is reported to the node's error handler, and the node goes on.
 *
 * <p>Called by the service container's thread.
 */
public final class CounterMirror {
    private final int memberId;
    private final List<Cell> cells = new ArrayList<>();
    private Cluster cluster;
    private Aeron aeron;

    /**
     * A mirror that shows nothing yet.
     *
     * @param memberId of the node
     * @param limits of the lease table
     * @param sessionsMax sessions that this node lets be open at once
     * @param counters of the node
     */
    public CounterMirror(
            final int memberId, final LeaseLimits limits, final int sessionsMax, final SequencerCounters counters) {
        this.memberId = memberId;
        add(SequencerCountersDescriptor.POSITION_APPLIED_TYPE_ID, "position applied", counters::positionApplied);
        add(SequencerCountersDescriptor.LEASES_TYPE_ID, "leases", counters::leases);
        add(SequencerCountersDescriptor.WAITERS_TYPE_ID, "waiters", counters::waiters);
        add(SequencerCountersDescriptor.CLIENTS_TYPE_ID, "clients", counters::clients);
        add(SequencerCountersDescriptor.WATCHES_TYPE_ID, "watches", counters::watches);
        add(SequencerCountersDescriptor.LEASE_EVENTS_TYPE_ID, "lease events", counters::leaseEvents);
        add(SequencerCountersDescriptor.EGRESS_FAILURES_TYPE_ID, "egress failures", counters::egressFailures);
        add(SequencerCountersDescriptor.WATCHES_DROPPED_TYPE_ID, "watches dropped", counters::watchesDropped);
        add(SequencerCountersDescriptor.FOUNDED_TYPE_ID, "founded", () -> counters.isFounded() ? 1 : 0);
        add(SequencerCountersDescriptor.FOUNDINGS_IGNORED_TYPE_ID, "foundings ignored", counters::foundingsIgnored);
        add(SequencerCountersDescriptor.SESSIONS_TYPE_ID, "sessions", counters::sessions);
        add(SequencerCountersDescriptor.SESSIONS_REFUSED_TYPE_ID, "sessions refused", counters::sessionsRefused);
        add(SequencerCountersDescriptor.LOGINS_REFUSED_TYPE_ID, "logins refused", counters::loginsRefused);
        for (final LeaseVerdict verdict : LeaseVerdict.values()) {
            if (verdict.isRefusal()) {
                final String label = "refusals: verdict=" + verdict;
                final int typeId = SequencerCountersDescriptor.REFUSALS_TYPE_ID;
                cells.add(new Cell(typeId, verdict.code(), label, () -> counters.refusals(verdict)));
            }
        }
        for (final Limit limit : Limit.values()) {
            final String label = "limit: name=" + limit.label();
            final long value = limit == Limit.SESSIONS ? sessionsMax : valueOf(limit, limits);
            cells.add(new Cell(SequencerCountersDescriptor.LIMIT_TYPE_ID, limit.code(), label, () -> value));
        }
        add(SequencerCountersDescriptor.KEYS_REVISION_TYPE_ID, "keys revision", counters::keysRevision);
        final int typeId = SequencerCountersDescriptor.KEY_FINGERPRINT_TYPE_ID;
        cells.add(new Cell(typeId, 0, "key fingerprint: newest", () -> counters.keyFingerprint(0)));
        cells.add(new Cell(typeId, 1, "key fingerprint: older", () -> counters.keyFingerprint(1)));
    }

    /**
     * Asks for the counters.
     *
     * @param startedCluster whose media driver holds them
     */
    public void start(final Cluster startedCluster) {
        cluster = startedCluster;
        try {
            aeron = cluster.aeron();
            for (final Cell cell : cells) {
                cell.ask();
            }
        } catch (final RuntimeException e) {
            report(e);
        }
    }

    /**
     * Copies what changed.
     *
     * @return how many counters
     */
    public int poll() {
        int work = 0;
        for (int i = 0; i < cells.size(); i++) {
            work += cells.get(i).poll();
        }
        return work;
    }

    private void add(final int typeId, final String label, final LongSupplier value) {
        cells.add(new Cell(typeId, 0, label, value));
    }

    private void report(final RuntimeException failure) {
        try {
            cluster.context().errorHandler().onError(failure);
        } catch (final RuntimeException ignored) {
            // Who can not even report that a counter is missing still grants leases.
        }
    }

    private static long valueOf(final Limit limit, final LeaseLimits limits) {
        return switch (limit) {
            case LEASES -> limits.leases();
            case WAITERS_PER_RESOURCE -> limits.waitersPerResource();
            case WAITERS -> limits.waiters();
            case CLIENTS -> limits.clients();
            case WATCHES -> limits.watches();
            case WATCHES_PER_SESSION -> limits.watchesPerSession();
            case ANSWERS_PER_CLIENT -> limits.answersPerClient();
            case ANSWERS_KEPT_MS -> limits.answersKeptMs();
            case SESSIONS -> throw new IllegalStateException("not of the lease table: " + limit);
        };
    }

    /** One counter: asked for, then there, then maybe gone again. */
    private final class Cell {
        private static final long NOT_ASKED = Aeron.NULL_VALUE;

        private final int typeId;
        private final int code;
        private final String label;
        private final LongSupplier value;
        private long registrationId = NOT_ASKED;
        private Counter counter;
        private long shown;

        Cell(final int typeId, final int code, final String label, final LongSupplier value) {
            this.typeId = typeId;
            this.code = code;
            this.label = label;
            this.value = value;
        }

        void ask() {
            final UnsafeBuffer key = new UnsafeBuffer(new byte[SequencerCountersDescriptor.KEY_LENGTH]);
            key.putInt(SequencerCountersDescriptor.MEMBER_ID_OFFSET, memberId);
            key.putInt(SequencerCountersDescriptor.CODE_OFFSET, code);
            final UnsafeBuffer text = new UnsafeBuffer(new byte[Byte.MAX_VALUE]);
            final int length = text.putStringWithoutLengthAscii(0, "sequencer " + label + " member=" + memberId);
            registrationId = aeron.asyncAddCounter(typeId, key, 0, key.capacity(), text, 0, length);
        }

        int poll() {
            if (counter == null && !isGiven()) {
                return 0;
            }
            final long now = value.getAsLong();
            if (now == shown || counter.isClosed()) {
                return 0;
            }
            counter.setRelease(now);
            shown = now;
            return 1;
        }

        private boolean isGiven() {
            if (registrationId == NOT_ASKED) {
                return false;
            }
            try {
                counter = aeron.getCounter(registrationId);
            } catch (final RuntimeException e) {
                registrationId = NOT_ASKED;
                report(e);
            }
            return counter != null;
        }
    }
}
