package io.fencegate.client.session;

/**
 * What a writer may do.
 *
 * <p>Immutable; any thread.
 */
public enum WriterState {
    /** Its resource was not opened yet. */
    NEW,
    /** It writes. */
    OPEN,
    /** A newer grant fences it: it never writes again. */
    FENCED,
    /** The gateway does not count this client or this session as the owner; it may be opened again. */
    SUPERSEDED,
    /** The gateway has lost what it acknowledged, or somebody else wrote with this ticket: it never writes again. */
    BROKEN
}
