package io.fencegate.client.error;

import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;

/**
 * The gateway refused a request: nothing was done.
 *
 * <p>Immutable; any thread.
 */
public class RefusedException extends FencegateException {
    private static final long serialVersionUID = 1L;

    private final Verdict verdict;
    private final String resource;
    private final long token;

    /**
     * States a refusal.
     *
     * @param verdict the rule that refused
     * @param resource that the request was for; empty for a hello
     * @param token of the request; 0 where it had none
     * @param facts more of them, or an empty string
     */
    public RefusedException(final Verdict verdict, final String resource, final long token, final String facts) {
        super(
                "verdict=" + verdict + " resource=" + resource + (token == 0 ? "" : " token=" + Token.describe(token))
                        + (facts.isEmpty() ? "" : " " + facts),
                null);
        this.verdict = verdict;
        this.resource = resource;
        this.token = token;
    }

    /** The rule that refused. @return the verdict */
    public Verdict verdict() {
        return verdict;
    }

    /** Resource that the request was for. @return its name; empty for a hello */
    public String resource() {
        return resource;
    }

    /** Token of the request. @return 0 where it had none */
    public long token() {
        return token;
    }
}
