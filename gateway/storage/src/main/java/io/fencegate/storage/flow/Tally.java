package io.fencegate.storage.flow;

import io.fencegate.core.grant.Verdict;

/** Counts what the line does. Called by the line's thread. */
public interface Tally {
    /**
     * A request was decided.
     *
     * @param verdict of its answer
     */
    void count(Verdict verdict);

    /**
     * A client has come or left.
     *
     * @param count of sessions, welcomed or not
     */
    void sessions(int count);

    /** A session was ended because its answers were not taken. */
    void countBlocked();
}
