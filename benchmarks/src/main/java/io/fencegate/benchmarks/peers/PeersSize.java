package io.fencegate.benchmarks.peers;

import io.fencegate.benchmarks.rig.Effort;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How much of what is measured. Immutable.
 *
 * @param names of the peers, in the order of the table
 * @param writers how many at a time, one line of the table each
 * @param length bytes of a payload
 * @param warmups rounds that are not counted
 * @param rounds that are
 * @param blockNs how long one block of one subject lasts
 * @param isQuickStartsOnly whether peers whose servers take their time to start are left out, and said to be
 */
public record PeersSize(
        List<String> names,
        List<Integer> writers,
        int length,
        int warmups,
        int rounds,
        long blockNs,
        boolean isQuickStartsOnly) {
    /** Shortest payload: it bears two numbers. */
    public static final int LENGTH_MIN = 16;

    /** Longest payload. */
    public static final int LENGTH_MAX = 8192;

    /** Most writers at a time. */
    public static final int WRITERS_MAX = 64;

    private static final int LENGTH = 64;
    private static final int ROUNDS = 10;

    /** Freezes the lists. */
    public PeersSize {
        names = List.copyOf(names);
        writers = List.copyOf(writers);
    }

    /** Every peer. @return their names, in the order of the table */
    public static List<String> allNames() {
        return PeerSystems.names();
    }

    /** All peers, as much of each as a rig measures. @param effort of the run @return the size */
    public static PeersSize of(final Effort effort) {
        return switch (effort) {
            case SMOKE -> new PeersSize(allNames(), List.of(1), LENGTH, 0, 2, TimeUnit.MILLISECONDS.toNanos(50), true);
            case QUICK ->
                new PeersSize(allNames(), List.of(1), LENGTH, 2, ROUNDS, TimeUnit.MILLISECONDS.toNanos(100), false);
            case FULL ->
                new PeersSize(allNames(), List.of(1, 16), LENGTH, 3, ROUNDS, TimeUnit.MILLISECONDS.toNanos(500), false);
        };
    }

    /**
     * As asked for.
     *
     * @param names of the peers
     * @param writers how many at a time
     * @param length bytes of a payload
     * @param seconds for each subject of a line, over all its blocks
     * @return the size
     */
    public static PeersSize of(
            final List<String> names, final List<Integer> writers, final int length, final double seconds) {
        final long blockNs = (long) (seconds * TimeUnit.SECONDS.toNanos(1)) / ROUNDS;
        return new PeersSize(names, writers, length, 2, ROUNDS, blockNs, false);
    }
}
