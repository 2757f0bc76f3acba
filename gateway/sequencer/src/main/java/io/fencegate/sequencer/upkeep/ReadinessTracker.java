package io.fencegate.sequencer.upkeep;

/**
 * Decides from what is seen of a node whether it is ready. Time is only summed up between two looks, each counted as at
 * most {@link #STEP_MAX_MS}, so that a process that stood still as a whole does not call its service stuck.
 *
 * <p>One thread.
 */
final class ReadinessTracker {
    /** What a look adds to a time at most, in milliseconds. */
    static final long STEP_MAX_MS = 250;

    private final long lagLengthMax;
    private final long lagMs;
    private final long stuckMs;
    private long lastMs;
    private long lastBeats;
    private long lastApplied;
    private long speechlessMs;
    private long motionlessMs;
    private long behindMs;

    ReadinessTracker(final UpkeepConfig config) {
        lagLengthMax = config.lagLengthMax();
        lagMs = config.lagMs();
        stuckMs = config.stuckMs();
    }

    /**
     * A look at a node that takes part in no log yet, or is in an election.
     *
     * @param nowMs any clock that does not go back
     * @return JOINING
     */
    Readiness onJoining(final long nowMs) {
        lastMs = nowMs;
        speechlessMs = 0;
        motionlessMs = 0;
        behindMs = 0;
        return Readiness.JOINING;
    }

    /**
     * A look at a node that leads or follows.
     *
     * @param nowMs any clock that does not go back
     * @param committed position of the log, in bytes
     * @param applied position of the service
     * @param beats signs of life of the service so far
     * @return READY, LAGGING or STUCK
     */
    Readiness onJoined(final long nowMs, final long committed, final long applied, final long beats) {
        final long stepMs = Math.min(STEP_MAX_MS, Math.max(0, nowMs - lastMs));
        lastMs = nowMs;
        speechlessMs = beats == lastBeats ? speechlessMs + stepMs : 0;
        motionlessMs = applied == lastApplied && applied < committed ? motionlessMs + stepMs : 0;
        behindMs = committed - applied > lagLengthMax ? behindMs + stepMs : 0;
        lastBeats = beats;
        lastApplied = applied;
        if (speechlessMs >= stuckMs || motionlessMs >= stuckMs) {
            return Readiness.STUCK;
        }
        return behindMs >= lagMs ? Readiness.LAGGING : Readiness.READY;
    }
}
