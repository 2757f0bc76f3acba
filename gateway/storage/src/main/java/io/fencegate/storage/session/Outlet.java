package io.fencegate.storage.session;

/** Where answers go that may leave. Called by the thread that releases them: the line's. */
@FunctionalInterface
public interface Outlet {
    /** What became of an answer. Immutable; any thread. */
    enum Result {
        /** It left. */
        SENT,
        /** It waits for something that is not durable yet. */
        WAITS,
        /** The way to the client is blocked. */
        BLOCKED
    }

    /**
     * An answer whose turn it is, and whose needs are met.
     *
     * @param session that it answers
     * @param answer to be sent; may be turned into a refusal if it is an open
     * @param durablePosition of the journal at the gateway's level
     * @return what became of it; whatever is not SENT is offered again
     */
    Result onAnswer(Session session, Answer answer, long durablePosition);
}
