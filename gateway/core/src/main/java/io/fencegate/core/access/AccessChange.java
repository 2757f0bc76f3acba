package io.fencegate.core.access;

/**
 * A command that gives rights, or takes them.
 *
 * <p>Immutable; any thread.
 *
 * @param clientId that asks
 * @param requestId unique for this client
 * @param revisionExpected of the rules, as the one who asks knows them
 * @param isAllowed true: the rights are given; false: they are taken
 * @param rule whose rights, for what, and which
 */
public record AccessChange(long clientId, long requestId, long revisionExpected, boolean isAllowed, AccessRule rule) {
    /** Before the first change. */
    public static final AccessChange NONE = new AccessChange(0, 0, 0, true, new AccessRule("", "", 0));

    /**
     * Whether another command is this one, repeated or not.
     *
     * @param other command
     * @return true if it has the same client and number
     */
    public boolean isRequest(final AccessChange other) {
        return other.clientId == clientId && other.requestId == requestId;
    }
}
