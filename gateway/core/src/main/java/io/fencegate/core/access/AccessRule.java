package io.fencegate.core.access;

import io.fencegate.core.grant.ResourceName;

/**
 * What one principal, or everybody, may do with the resources whose names begin so. Any text makes a rule; whether it is
 * one, {@link #isSound} tells.
 *
 * <p>Immutable; any thread.
 *
 * @param principal its name, or {@link #EVERYBODY}
 * @param prefix of the names; empty: all
 * @param rights a sum of {@link Right#bit()}
 */
public record AccessRule(String principal, String prefix, int rights) {
    /** Stands for every principal, and for who did not log in. */
    public static final String EVERYBODY = "*";

    /** The rule as a message states it. */
    public static final String RULE = Principal.RULE + ", or * for everybody; its prefix is the beginning of a name or"
            + " empty, and operate goes with a named principal and the empty prefix only";

    /** Whether the table may hold it: with a right at least, and no right that it can not give. @return false if not */
    public boolean isSound() {
        final boolean isNamed = Principal.isName(principal);
        final boolean mayOperate = isNamed && prefix.isEmpty();
        return (isNamed || EVERYBODY.equals(principal))
                && (prefix.isEmpty() || ResourceName.isValid(prefix))
                && rights > 0
                && rights <= Right.ALL
                && (mayOperate || !Right.OPERATE.isIn(rights));
    }

    /**
     * The same with other rights.
     *
     * @param other rights
     * @return another rule for the same principal and prefix
     */
    public AccessRule with(final int other) {
        return new AccessRule(principal, prefix, other);
    }
}
