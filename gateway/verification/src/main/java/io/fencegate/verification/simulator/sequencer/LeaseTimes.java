package io.fencegate.verification.simulator.sequencer;

import io.fencegate.core.grant.Token;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reckons a second time how long leases last: in the log's time, which neither a new term nor a clock that jumps moves by
 * more than one step. No lease may expire before its time, nor outlive it while the sequencer ticks.
 *
 * <p>One thread.
 */
final class LeaseTimes {
    private static final long STEP_MAX_MS = 5_000;
    private static final int TICKS_MAX = 8;
    private static final long NO_TERM = -1;

    private final Map<String, Run> runs = new TreeMap<>();
    private long term = NO_TERM;
    private long timestampMs;
    private long logTimeMs;
    private int reckoned;
    private boolean isWatching;
    private String flaw;

    /** A lease that runs. */
    private static final class Run {
        private final long token;
        private final long deadlineMs;
        private int ticksOver;

        Run(final long token, final long deadlineMs) {
            this.token = token;
            this.deadlineMs = deadlineMs;
        }
    }

    /** The first lease that lasted too short or too long, as a sentence. @return null if none did */
    String flaw() {
        return flaw;
    }

    /** Behind this many entries other ones will stand, and leases that had ended may run again. */
    void forgetBehind(final int kept) {
        runs.clear();
        term = NO_TERM;
        reckoned = kept;
    }

    /** A node is about to be told of an entry, the first node of all. */
    void onDelivered(final int position, final LogEntry entry) {
        if (position <= reckoned) {
            return;
        }
        reckoned = position;
        if (entry.term() == term) {
            logTimeMs += Math.max(0, Math.min(STEP_MAX_MS, entry.timestamp() - timestampMs));
        }
        term = entry.term();
        timestampMs = entry.timestamp();
        isWatching &= entry.kind() != LogEntry.Kind.TERM;
        if (!isWatching && entry.kind() != LogEntry.Kind.TERM && entry.number() != Auditor.SESSION) {
            // The sequencer had no room for the watch: nobody tells what becomes of these.
            runs.clear();
        }
        if (entry.kind() == LogEntry.Kind.TIMER && !entry.founds()) {
            runs.forEach(this::onTick);
        }
    }

    private void onTick(final String resource, final Run run) {
        if (run.deadlineMs <= logTimeMs && ++run.ticksOver > TICKS_MAX) {
            say("a lease outlives its time", resource, run);
        }
    }

    void onRuns(final String resource, final long token, final long remainingMs) {
        runs.put(resource, new Run(token, logTimeMs + remainingMs));
    }

    void onEnded(final String resource, final long token, final boolean isExpired) {
        final Run run = runs.remove(resource);
        if (isExpired && run != null && run.token == token && logTimeMs < run.deadlineMs) {
            say("a lease expires before its time", resource, run);
        }
    }

    /** What ended while nobody watched is not missed. */
    void onWatching() {
        isWatching = true;
        runs.values().removeIf(run -> run.deadlineMs <= logTimeMs);
    }

    private void say(final String what, final String resource, final Run run) {
        if (flaw == null) {
            flaw = what + ": resource=" + resource + " token=" + Token.describe(run.token) + " deadlineMs="
                    + run.deadlineMs + " logTimeMs=" + logTimeMs;
        }
    }
}
