package io.fencegate.client.error;

import io.fencegate.core.login.LoginRefusal;

/**
 * The sequencer did not let this client in: nothing was asked of it.
 *
 * <p>Immutable; any thread.
 */
public class LoginRefusedException extends FencegateException {
    private static final long serialVersionUID = 1L;

    private final LoginRefusal refusal;
    private final String name;

    /**
     * States a refusal.
     *
     * @param refusal why
     * @param name as whom the client logged in; empty: as nobody
     * @param facts more of them
     */
    public LoginRefusedException(final LoginRefusal refusal, final String name, final String facts) {
        super("refusal=" + refusal + (name.isEmpty() ? "" : " name=" + name) + " " + facts, null);
        this.refusal = refusal;
        this.name = name;
    }

    /** Why. @return the refusal */
    public LoginRefusal refusal() {
        return refusal;
    }

    /** As whom the client logged in. @return its name; empty: as nobody */
    public String name() {
        return name;
    }
}
