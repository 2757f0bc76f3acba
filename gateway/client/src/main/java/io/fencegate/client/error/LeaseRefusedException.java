package io.fencegate.client.error;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Token;

/**
 * The sequencer refused a command: nothing was done.
 *
 * <p>Immutable; any thread.
 */
public class LeaseRefusedException extends FencegateException {
    private static final long serialVersionUID = 1L;

    private final LeaseVerdict verdict;
    private final String resource;
    private final long currentToken;

    /**
     * States a refusal.
     *
     * @param verdict the rule that refused
     * @param resource that the command was for
     * @param currentToken token of the resource's holder; 0 if none or unknown
     */
    public LeaseRefusedException(final LeaseVerdict verdict, final String resource, final long currentToken) {
        this(verdict, resource, currentToken, "");
    }

    LeaseRefusedException(
            final LeaseVerdict verdict, final String resource, final long currentToken, final String facts) {
        super(
                "verdict=" + verdict + " resource=" + resource
                        + (currentToken == 0 ? "" : " currentToken=" + Token.describe(currentToken)) + facts,
                null);
        this.verdict = verdict;
        this.resource = resource;
        this.currentToken = currentToken;
    }

    /** The rule that refused. @return the verdict */
    public LeaseVerdict verdict() {
        return verdict;
    }

    /** Resource that the command was for. @return its name */
    public String resource() {
        return resource;
    }

    /** Token of the resource's holder. @return 0 if none or unknown */
    public long currentToken() {
        return currentToken;
    }
}
