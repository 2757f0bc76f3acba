package io.fencegate.verification.checker.fact;

import io.fencegate.verification.history.Event;

/**
 * Is told a history event by event, once, and does a bounded amount of work at each: what it remembers, it finds by hash.
 *
 * <p>One thread.
 */
public interface Checker {
    /**
     * A caller began a call.
     *
     * @param call that it began
     */
    default void onCalled(final Call call) {
        // Most checkers wait for the end.
    }

    /**
     * A call ended.
     *
     * @param call that began before
     * @param end what the caller was told
     * @param index of the end in the history
     */
    default void onEnded(final Call call, final Event end, final long index) {
        // Not every checker looks at callers.
    }

    /**
     * Anything else was observed.
     *
     * @param event neither a call nor the end of one
     * @param index of the event in the history
     */
    default void onObserved(final Event event, final long index) {
        // Not every checker looks inside.
    }

    /** The history has ended. */
    default void onFinished() {
        // Most checkers know by then.
    }
}
