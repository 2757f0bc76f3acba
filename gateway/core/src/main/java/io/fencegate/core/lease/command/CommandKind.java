package io.fencegate.core.lease.command;

import io.fencegate.core.access.Right;

/**
 * What a remembered command asked. The codes stand in snapshots and never change their meaning.
 *
 * <p>Immutable; any thread.
 */
public enum CommandKind {
    /** Asks for a lease. */
    ACQUIRE(1),
    /** Prolongs a lease. */
    RENEW(2),
    /** Ends a lease. */
    RELEASE(3),
    /** Ends a wait. */
    CANCEL_WAIT(4),
    /** Ends a lease whoever holds it. */
    REVOKE(5),
    /** Raises the floor of the tokens by a gateway's proof. */
    RAISE_FLOOR(6),
    /** Raises the floor of the tokens by an operator's word. */
    SET_FLOOR(7);

    private final int code;

    CommandKind(final int code) {
        this.code = code;
    }

    /**
     * The number that stands for this kind in snapshots.
     *
     * @return the code, from 1
     */
    public int code() {
        return code;
    }

    /** What who asks must be allowed. @return the right, for the resource that is named */
    public Right right() {
        return switch (this) {
            case REVOKE -> Right.REVOKE;
            case SET_FLOOR -> Right.OPERATE;
            default -> Right.ACQUIRE;
        };
    }

    /**
     * The kind of a code.
     *
     * @param code as read from a snapshot
     * @return the kind, or null where no kind has this code
     */
    public static CommandKind ofCode(final int code) {
        return switch (code) {
            case 1 -> ACQUIRE;
            case 2 -> RENEW;
            case 3 -> RELEASE;
            case 4 -> CANCEL_WAIT;
            case 5 -> REVOKE;
            case 6 -> RAISE_FLOOR;
            case 7 -> SET_FLOOR;
            default -> null;
        };
    }
}
