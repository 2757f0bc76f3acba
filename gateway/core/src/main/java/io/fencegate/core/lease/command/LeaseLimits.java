package io.fencegate.core.lease.command;

/**
 * The limits of a lease table. Passing one gets a typed refusal. All nodes of a sequencer must have the same ones:
 * they decide answers.
 *
 * <p>Immutable; any thread.
 *
 * @param leases live leases at most, 1 to {@link #COUNT_MAX}
 * @param waitersPerResource that may wait for one resource, 1 to {@code waiters}
 * @param waiters that may wait in all, 1 to {@link #COUNT_MAX}
 * @param clients remembered at most, 1 to {@link #COUNT_MAX}
 * @param watches that may stand at once, 1 to {@link #WATCHES_MAX}; each event is shown to all of them
 * @param watchesPerSession that may stand in one cluster session, 1 to {@code watches}
 * @param answersPerClient latest answers that are remembered of each client, waits not counted, 1 to
 *     {@link #COUNT_MAX}; a client should have no more requests under way
 * @param answersKeptMs log time for which a client without lease and wait is remembered after its last command, in
 *     milliseconds, 1 to {@link #TTL_MAX_MS}
 */
public record LeaseLimits(
        int leases,
        int waitersPerResource,
        int waiters,
        int clients,
        int watches,
        int watchesPerSession,
        int answersPerClient,
        long answersKeptMs) {
    /** Shortest time to live, in milliseconds of log time. */
    public static final long TTL_MIN_MS = 50;

    /** Longest time to live, in milliseconds of log time: 24 h. */
    public static final long TTL_MAX_MS = 24L * 60 * 60 * 1000;

    /** Longest wait, in milliseconds of log time: 24 h. */
    public static final long WAIT_MAX_MS = TTL_MAX_MS;

    /** How long a lease granted to a waiter runs at most until the waiter's first command, in milliseconds. */
    public static final long PUSHED_RUN_MAX_MS = 10_000;

    /** Highest value of each count but that of watches. */
    public static final int COUNT_MAX = 10_000_000;

    /** Most watches that may be allowed. */
    public static final int WATCHES_MAX = 10_000;

    /** How many latest leases of each client are remembered by how they ended. */
    public static final int ENDS_PER_CLIENT = 16;

    /** For a sequencer that was told nothing else. */
    public static final LeaseLimits DEFAULT =
            new LeaseLimits(100_000, 1_000, 100_000, 20_000, 1_000, 128, 256, 10 * 60 * 1000L);

    /**
     * Checks every limit.
     *
     * @throws IllegalArgumentException if one is out of range, with its name and value
     */
    public LeaseLimits {
        checkCount("leases", leases, COUNT_MAX);
        checkCount("waitersPerResource", waitersPerResource, COUNT_MAX);
        checkCount("waiters", waiters, COUNT_MAX);
        checkCount("clients", clients, COUNT_MAX);
        checkCount("watches", watches, WATCHES_MAX);
        checkCount("watchesPerSession", watchesPerSession, WATCHES_MAX);
        checkCount("answersPerClient", answersPerClient, COUNT_MAX);
        if (waitersPerResource > waiters) {
            throw new IllegalArgumentException("one resource may not have more waiters than all: waitersPerResource="
                    + waitersPerResource + " waiters=" + waiters);
        }
        if (watchesPerSession > watches) {
            throw new IllegalArgumentException("one session may not have more watches than all: watchesPerSession="
                    + watchesPerSession + " watches=" + watches);
        }
        if (answersKeptMs < 1 || answersKeptMs > TTL_MAX_MS) {
            throw new IllegalArgumentException(
                    "limit out of range: answersKeptMs=" + answersKeptMs + " min=1 max=" + TTL_MAX_MS);
        }
    }

    private static void checkCount(final String name, final int count, final int max) {
        if (count < 1 || count > max) {
            throw new IllegalArgumentException("limit out of range: " + name + "=" + count + " min=1 max=" + max);
        }
    }
}
