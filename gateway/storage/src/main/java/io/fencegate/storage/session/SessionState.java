package io.fencegate.storage.session;

/** Where a session stands. Immutable; any thread. */
public enum SessionState {
    /** Nobody knows who it is. */
    HELLO_AWAITED,
    /** It was welcomed. */
    ACTIVE,
    /** Nothing more is read of it; its pending answers still leave. */
    LEAVING,
    /** It is over. */
    ENDED
}
