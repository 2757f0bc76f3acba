package io.fencegate.verification.checker.fact;

import io.fencegate.verification.history.Event;

/**
 * A call of a caller, from its beginning on. Two calls are equal if they are the same one.
 *
 * <p>Immutable; any thread.
 */
public final class Call {
    private final Event called;
    private final long index;

    Call(final Event called, final long index) {
        this.called = called;
        this.index = index;
    }

    /** How it began. @return the event that tells what was asked */
    public Event called() {
        return called;
    }

    /** Where it began. @return the number of that event in the history, from 0 */
    public long index() {
        return index;
    }
}
