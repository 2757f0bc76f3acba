package io.fencegate.verification.simulator.sequencer;

/**
 * One entry of the replicated log. Immutable.
 *
 * @param kind of the entry
 * @param term in which it was appended
 * @param timestamp of the leader's clock, in milliseconds
 * @param number of a session or timer; 0 for none
 * @param message of a session; null for none
 * @param route of a session that opens; null for none
 */
record LogEntry(Kind kind, long term, long timestamp, long number, byte[] message, Route route) {
    /** What an entry is. Immutable; any thread. */
    enum Kind {
        /** A term begins; the number is its leader. */
        TERM,
        /** A session opens. */
        OPEN,
        /** A session closes. */
        CLOSE,
        /** A session says something. */
        MESSAGE,
        /** A timer fires. */
        TIMER,
        /** Every node keeps its state. */
        SNAPSHOT
    }

    /** Whether it says by what the sequencer decides: before the first such entry no command is done. */
    boolean founds() {
        return kind == Kind.TIMER && number < 0;
    }

    static LogEntry of(final Kind kind, final long term, final long timestamp, final long number) {
        return new LogEntry(kind, term, timestamp, number, null, null);
    }
}
