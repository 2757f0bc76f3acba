package io.fencegate.sequencer.service;

import io.aeron.cluster.service.Cluster;

/**
 * The one timer of the lease table: while there is something that can expire, or somebody watches, it fires once a
 * tick, and only as a hint to look; sooner, where a tick left work over. Its ids only rise and are in the snapshot; a
 * timer with another id than the last one scheduled is one that a leader change left behind, and is ignored.
 *
 * <p>Its state comes from the log alone. Called by the service container's thread.
 */
public final class TickTimer {
    private static final long HURRY_MS = 1;

    private final long tickMs;
    private long timerId;
    private boolean isRunning;

    /**
     * A timer that does not run.
     *
     * @param tickMs between two ticks
     */
    public TickTimer(final long tickMs) {
        this.tickMs = tickMs;
    }

    /**
     * Lets the timer run if it does not.
     *
     * @param cluster that fires it
     * @param timestamp of the log
     */
    public void start(final Cluster cluster, final long timestamp) {
        if (!isRunning) {
            schedule(cluster, timestamp + tickMs);
        }
    }

    /**
     * Lets the timer fire as soon as it can: there is more to do than one tick may. What comes meanwhile has its turn.
     *
     * @param cluster that fires it
     * @param timestamp of the log
     */
    public void hurry(final Cluster cluster, final long timestamp) {
        schedule(cluster, timestamp + HURRY_MS);
    }

    /**
     * A term began. What the leader before scheduled may be lost or come late: schedules anew.
     *
     * @param cluster that fires it
     * @param timestamp of the log
     */
    public void onNewTerm(final Cluster cluster, final long timestamp) {
        if (isRunning) {
            schedule(cluster, timestamp + tickMs);
        }
    }

    /**
     * A timer fired.
     *
     * @param firedId of the timer
     * @return whether it is the last one scheduled, which is not running any more
     */
    public boolean onFired(final long firedId) {
        if (!isRunning || firedId != timerId) {
            return false;
        }
        isRunning = false;
        return true;
    }

    /** The last id used. @return 0 or more */
    public long timerId() {
        return timerId;
    }

    /** Whether a timer is scheduled. @return true from its start until it fires */
    public boolean isRunning() {
        return isRunning;
    }

    /**
     * Goes on as a snapshot says. What was scheduled is in the cluster's own snapshot.
     *
     * @param lastTimerId the last id used
     * @param wasRunning whether a timer was scheduled
     */
    public void restore(final long lastTimerId, final boolean wasRunning) {
        timerId = lastTimerId;
        isRunning = wasRunning;
    }

    private void schedule(final Cluster cluster, final long deadlineMs) {
        timerId++;
        isRunning = true;
        while (!cluster.scheduleTimer(timerId, deadlineMs)) {
            cluster.idleStrategy().idle();
        }
    }
}
