package io.fencegate.sequencer.charter;

import io.aeron.cluster.service.Cluster;

/**
 * Timers that bring a value of a node's configuration into the log, each in its id: only the leader's is ever fired, and
 * then every node hears the id. Ids of the tick timer are positive.
 *
 * <pre>
 *    63       62         61                                   0
 *   +--------+----------+-------------------------------------+
 *   |   1    |  kind    |  value                              |
 *   +--------+----------+-------------------------------------+
 * </pre>
 *
 * <p>Immutable; the service container's thread.
 */
public enum FoundingTimer {
    /** A first key for the seals. */
    KEY(0),
    /** The charter: commands are answered from then on. */
    CHARTER(1);

    /** Bits of a value. */
    static final int VALUE_BITS = 62;

    private static final long VALUE_MASK = ~0L >>> (Long.SIZE - VALUE_BITS);

    private final long mark;

    FoundingTimer(final long kind) {
        mark = Long.MIN_VALUE | kind << VALUE_BITS;
    }

    /**
     * What a timer brings.
     *
     * @param timerId of any timer
     * @return null for the tick timer
     */
    public static FoundingTimer of(final long timerId) {
        if (timerId >= 0) {
            return null;
        }
        return (timerId & ~VALUE_MASK) == KEY.mark ? KEY : CHARTER;
    }

    /** The id that bears a value of 62 bits. */
    long id(final long value) {
        return mark | value;
    }

    /** The value that an id bears. */
    static long value(final long timerId) {
        return timerId & VALUE_MASK;
    }

    static void schedule(final Cluster cluster, final long timerId, final long deadlineMs) {
        while (!cluster.scheduleTimer(timerId, deadlineMs)) {
            cluster.idleStrategy().idle();
        }
    }

    static void cancel(final Cluster cluster, final long timerId) {
        while (!cluster.cancelTimer(timerId)) {
            cluster.idleStrategy().idle();
        }
    }
}
