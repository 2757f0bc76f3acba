package io.fencegate.core.login;

/**
 * Why the sequencer does not let a client in. The codes are those of the login's messages and never change their
 * meaning.
 *
 * <p>Immutable; any thread.
 */
public enum LoginRefusal {
    /** No principal of that name has that secret. Which of the two is wrong is not told. */
    WRONG_CREDENTIALS(1),
    /** The sequencer lets nobody in who does not log in. */
    LOGIN_REQUIRED(2),
    /** As many sessions are open as may. */
    SESSION_LIMIT(3);

    private final int code;

    LoginRefusal(final int code) {
        this.code = code;
    }

    /** The number that stands for it. @return from 1 */
    public int code() {
        return code;
    }

    /**
     * The refusal of a code.
     *
     * @param code as read from a message
     * @return the refusal, or null where none has this code
     */
    public static LoginRefusal ofCode(final int code) {
        return switch (code) {
            case 1 -> WRONG_CREDENTIALS;
            case 2 -> LOGIN_REQUIRED;
            case 3 -> SESSION_LIMIT;
            default -> null;
        };
    }
}
