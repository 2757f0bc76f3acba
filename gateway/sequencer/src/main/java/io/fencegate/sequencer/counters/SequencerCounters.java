package io.fencegate.sequencer.counters;

import io.fencegate.core.grant.LeaseVerdict;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What one node counts since it started, and how full its lease table is. A node that replays its log counts again what
 * it replays. Other processes read the same from the media driver's counters ({@link SequencerCountersDescriptor}).
 *
 * <p>Written by the service container's thread, but for what is refused before a session opens, which the consensus
 * module's counts; read by any.
 */
public final class SequencerCounters {
    private static final int VERDICT_CODE_MAX = 63;

    private final AtomicLongArray refusals = new AtomicLongArray(VERDICT_CODE_MAX + 1);
    private final AtomicLong egressFailures = new AtomicLong();
    private final AtomicLong watchesDropped = new AtomicLong();
    private final AtomicLong positionApplied = new AtomicLong();
    private final AtomicLong beats = new AtomicLong();
    private final AtomicLong leaseEvents = new AtomicLong();
    private final AtomicLong founded = new AtomicLong();
    private final AtomicLong foundingsIgnored = new AtomicLong();
    private final AtomicLong keysRevision = new AtomicLong();
    private final AtomicLongArray keys = new AtomicLongArray(2);
    private final AtomicLong leases = new AtomicLong();
    private final AtomicLong waiters = new AtomicLong();
    private final AtomicLong clients = new AtomicLong();
    private final AtomicLong watches = new AtomicLong();
    private final AtomicLong sessions = new AtomicLong();
    private final AtomicLong sessionsOpened = new AtomicLong();
    private final AtomicLong sessionsRefused = new AtomicLong();
    private final AtomicLong loginsRefused = new AtomicLong();

    /**
     * Commands refused by one rule, and waits that ended without a grant.
     *
     * @param verdict the rule
     * @return their count
     */
    public long refusals(final LeaseVerdict verdict) {
        return refusals.get(verdict.code());
    }

    /** Answers whose client could not be reached; each is had by asking again. @return their count */
    public long egressFailures() {
        return egressFailures.get();
    }

    /** How often a watcher did not keep up, and had to watch anew. @return the count */
    public long watchesDropped() {
        return watchesDropped.get();
    }

    /** How much of the log this node has applied. @return a position in the cluster's log, in bytes */
    public long positionApplied() {
        return positionApplied.get();
    }

    /** Signs of life of the service: one for each of its duty cycles. @return their count */
    public long beats() {
        return beats.get();
    }

    /** Lease events in the log so far: granted, renewed, released, expired, revoked. @return their count */
    public long leaseEvents() {
        return leaseEvents.get();
    }

    /** Whether the cluster is founded, as far as this node has applied the log. @return false while it refuses commands */
    public boolean isFounded() {
        return founded.get() != 0;
    }

    /** Foundings that came into the log behind the first one, and change nothing. @return their count */
    public long foundingsIgnored() {
        return foundingsIgnored.get();
    }

    /** Changes of the live keys so far. @return their count, 0 where there never was a key */
    public long keysRevision() {
        return keysRevision.get();
    }

    /**
     * Fingerprint of a live key.
     *
     * @param index 0 the newest, 1 the older one
     * @return the fingerprint, 0 where there is none
     */
    public long keyFingerprint(final int index) {
        return keys.get(index);
    }

    /** Live leases. @return their count */
    public long leases() {
        return leases.get();
    }

    /** Waits in all queues. @return their count */
    public long waiters() {
        return waiters.get();
    }

    /** Clients remembered. @return their count */
    public long clients() {
        return clients.get();
    }

    /** Watches that stand. @return their count */
    public long watches() {
        return watches.get();
    }

    /** Sessions open by the log, as far as it is applied. @return their count */
    public long sessions() {
        return sessions.get();
    }

    /** Sessions that opened since this node started, those that closed included. @return their count, rising */
    public long sessionsOpened() {
        return sessionsOpened.get();
    }

    /** Clients that this node did not let in because as many sessions were open as may. @return their count */
    public long sessionsRefused() {
        return sessionsRefused.get();
    }

    /** Clients that this node did not let in because they did not log in, or not with the right secret. @return their count */
    public long loginsRefused() {
        return loginsRefused.get();
    }

    /**
     * A snapshot was taken over.
     *
     * @param open sessions that are open by it
     */
    public void onSessionsRestored(final int open) {
        sessions.set(open);
    }

    /** A session opened. */
    public void onSessionOpened() {
        sessions.incrementAndGet(); // First, so that who waits for the other count finds this one changed.
        sessionsOpened.incrementAndGet();
    }

    /** A session closed. */
    public void onSessionClosed() {
        sessions.decrementAndGet();
    }

    /** There was no room for a client. Called by the consensus module's thread. */
    public void onSessionRefused() {
        sessionsRefused.incrementAndGet();
    }

    /** A client did not log in as it should. Called by the consensus module's thread. */
    public void onLoginRefused() {
        loginsRefused.incrementAndGet();
    }

    /**
     * A command was refused, or a wait ended without a grant.
     *
     * @param verdict the rule
     */
    public void onRefused(final LeaseVerdict verdict) {
        refusals.lazySet(verdict.code(), refusals.get(verdict.code()) + 1);
    }

    /**
     * An answer left, or did not.
     *
     * @param isSent whether its session took it
     */
    public void onSent(final boolean isSent) {
        if (!isSent) {
            egressFailures.lazySet(egressFailures.get() + 1);
        }
    }

    /** A watcher did not take an event. */
    public void onWatchDropped() {
        watchesDropped.lazySet(watchesDropped.get() + 1);
    }

    /** The log has said by what it decides. */
    public void onFounded() {
        founded.lazySet(1);
    }

    /** The log says it again. */
    public void onFoundingIgnored() {
        foundingsIgnored.lazySet(foundingsIgnored.get() + 1);
    }

    /**
     * The service lives.
     *
     * @param position that it has applied
     */
    public void onBeat(final long position) {
        positionApplied.lazySet(position);
        beats.lazySet(beats.get() + 1);
    }

    /**
     * These keys are live from now on.
     *
     * @param revision of them
     * @param fingerprints the newest first, at most two
     */
    public void onKeys(final long revision, final List<Long> fingerprints) {
        for (int i = 0; i < keys.length(); i++) {
            keys.lazySet(i, i < fingerprints.size() ? fingerprints.get(i) : 0);
        }
        keysRevision.lazySet(revision);
    }

    /**
     * An entry of the log is being applied.
     *
     * @param position behind it
     */
    public void onApplied(final long position) {
        positionApplied.lazySet(position);
    }

    /**
     * The lease table is now so full.
     *
     * @param leasesNow live
     * @param waitersNow in all queues
     * @param clientsNow remembered
     * @param watchesNow that stand
     * @param leaseEventsNow so far
     */
    public void onTable(
            final int leasesNow,
            final int waitersNow,
            final int clientsNow,
            final int watchesNow,
            final long leaseEventsNow) {
        leases.lazySet(leasesNow);
        waiters.lazySet(waitersNow);
        clients.lazySet(clientsNow);
        watches.lazySet(watchesNow);
        leaseEvents.lazySet(leaseEventsNow);
    }
}
