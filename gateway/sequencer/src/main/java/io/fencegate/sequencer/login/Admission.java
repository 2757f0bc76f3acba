package io.fencegate.sequencer.login;

import io.fencegate.core.access.Principal;

/**
 * Whom a node lets in, and how many. It decides who may open a session, never what is answered in one: that is in the
 * log. So nodes may differ for as long as it takes to change them all.
 *
 * <p>Immutable; any thread.
 *
 * @param sessionsMax sessions open at once, 1 to {@link #SESSIONS_MAX_LIMIT}
 * @param credentials of the principals; {@link CredentialBook#NONE}: everybody is let in, and nobody is known
 * @param operator the principal that begins with every right where there are no rules yet, or anonymous: nobody does,
 *     and everybody has every right until the first rule
 */
public record Admission(int sessionsMax, CredentialBook credentials, Principal operator) {
    /** Sessions open at once, unless said otherwise. */
    public static final int SESSIONS_MAX_DEFAULT = 256;

    /** Most sessions that may be allowed. */
    public static final int SESSIONS_MAX_LIMIT = 10_000;

    /** Everybody, and the usual number of sessions. */
    public static final Admission ANONYMOUS = anonymous(SESSIONS_MAX_DEFAULT);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the number is out of range, or the operator has no credentials
     */
    public Admission {
        if (sessionsMax < 1 || sessionsMax > SESSIONS_MAX_LIMIT) {
            throw new IllegalArgumentException("sessionsMax=" + sessionsMax + " must be 1 to " + SESSIONS_MAX_LIMIT);
        }
        if (operator.isNamed() && !credentials.knows(operator)) {
            throw new IllegalArgumentException("the operator must have credentials: operator=" + operator.name());
        }
    }

    /**
     * Everybody is let in.
     *
     * @param sessionsMax sessions open at once
     * @return the admission
     */
    public static Admission anonymous(final int sessionsMax) {
        return new Admission(sessionsMax, CredentialBook.NONE, Principal.ANONYMOUS);
    }

    /** Whether everybody is let in, and nobody is known. @return false if clients must log in */
    public boolean isAnonymous() {
        return credentials.isEmpty();
    }
}
