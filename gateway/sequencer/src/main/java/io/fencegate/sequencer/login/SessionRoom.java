package io.fencegate.sequencer.login;

import io.fencegate.sequencer.counters.SequencerCounters;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Whether another session may open: those that are open by the log, and those let in that are not in the log yet, are
 * fewer than may be. One that never comes into the log, because the leader lost its place, counts for a few seconds.
 *
 * <p>Called by the consensus module's thread.
 */
public final class SessionRoom {
    /** Sessions above the limit that the cluster itself lets connect, to be told that there is no room. */
    public static final int CONNECTING_MAX = 64;

    private static final long LET_IN_MAX_MS = 2_000;

    private final int sessionsMax;
    private final SequencerCounters counters;
    private final Queue<Long> letInMs = new ArrayDeque<>();
    private long openedSeen;

    SessionRoom(final int sessionsMax, final SequencerCounters counters) {
        this.sessionsMax = sessionsMax;
        this.counters = counters;
    }

    boolean hasRoom(final long nowMs) {
        final long opened = counters.sessionsOpened();
        for (; openedSeen < opened && !letInMs.isEmpty(); openedSeen++) {
            letInMs.remove();
        }
        openedSeen = opened;
        while (!letInMs.isEmpty() && nowMs - letInMs.element() > LET_IN_MAX_MS) {
            letInMs.remove();
        }
        return counters.sessions() + letInMs.size() < sessionsMax;
    }

    void onLetIn(final long nowMs) {
        letInMs.add(nowMs);
    }
}
