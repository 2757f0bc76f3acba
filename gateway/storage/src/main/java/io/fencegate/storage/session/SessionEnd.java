package io.fencegate.storage.session;

/** Why a session ended. Immutable; any thread. */
public enum SessionEnd {
    /** The client said goodbye. */
    GOODBYE,
    /** The client's publication is gone. */
    CLIENT_GONE,
    /** Nothing was heard of the client for the session timeout. */
    SILENT,
    /** The client never said hello. */
    NO_HELLO,
    /** The client took no answer for the answer timeout. */
    ANSWERS_BLOCKED,
    /** The gateway has as many sessions as it may. */
    SESSION_LIMIT,
    /** The gateway closes. */
    GATEWAY_CLOSED
}
