package io.fencegate.client.session.lease;

/**
 * What a command asks the sequencer for.
 *
 * <p>Immutable; any thread.
 */
public enum CommandKind {
    /** The lease of a resource. */
    ACQUIRE,
    /** More time for a lease. */
    RENEW,
    /** The end of a lease by its holder. */
    RELEASE,
    /** A page of the live leases. */
    LIST,
    /** The end of a wait. */
    CANCEL_WAIT,
    /** The end of somebody's lease. */
    REVOKE,
    /** That all tokens from now on be above one that another life of the sequencer issued. */
    RAISE_FLOOR,
    /** Who holds a resource. */
    DESCRIBE,
    /** To be told what happens to leases. */
    WATCH,
    /** The end of a watch. */
    UNWATCH,
    /** Rights for a principal, or their end. */
    CHANGE_ACCESS,
    /** A page of the rules of who may do what. */
    DESCRIBE_ACCESS,
    /** Which keys of the seals are live. */
    DESCRIBE_KEYS,
    /** Another set of live keys. */
    CHANGE_KEY
}
