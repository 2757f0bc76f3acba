package io.fencegate.client.error;

import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import java.util.HexFormat;

/**
 * Writes that never got their own answer, and a later attempt was refused: whether they were accepted before the fence
 * rose, this client can no longer find out from the gateway. The journal tells.
 *
 * <p>Immutable; any thread.
 */
public final class InDoubtException extends FencegateException {
    private static final long serialVersionUID = 1L;

    private final String resource;
    private final long token;
    private final long sequenceFirst;
    private final long sequenceLast;
    private final Verdict verdict;
    private final long fenceToken;
    private final long fenceClientId;

    /**
     * States what is in doubt.
     *
     * @param resource that was written to
     * @param token of the writes
     * @param sequenceFirst first sequence in doubt
     * @param sequenceLast last sequence in doubt
     * @param verdict that refused the later attempt
     * @param fenceToken token that fences the caller; 0 where none does
     * @param fenceClientId client of the grant that fences the caller; 0 where none does
     */
    public InDoubtException(
            final String resource,
            final long token,
            final long sequenceFirst,
            final long sequenceLast,
            final Verdict verdict,
            final long fenceToken,
            final long fenceClientId) {
        super(
                "inDoubt=" + sequenceFirst + ".." + sequenceLast + " resource=" + resource + " token="
                        + Token.describe(token) + " verdict=" + verdict
                        + (fenceToken == 0
                                ? ""
                                : " fenceToken=" + Token.describe(fenceToken) + " fenceClientId="
                                        + HexFormat.of().toHexDigits(fenceClientId)),
                null);
        this.resource = resource;
        this.token = token;
        this.sequenceFirst = sequenceFirst;
        this.sequenceLast = sequenceLast;
        this.verdict = verdict;
        this.fenceToken = fenceToken;
        this.fenceClientId = fenceClientId;
    }

    /** Resource that was written to. @return its name */
    public String resource() {
        return resource;
    }

    /** Token of the writes. @return the caller's token */
    public long token() {
        return token;
    }

    /** First sequence in doubt. @return from 1 */
    public long sequenceFirst() {
        return sequenceFirst;
    }

    /** Last sequence in doubt. @return not below {@link #sequenceFirst()} */
    public long sequenceLast() {
        return sequenceLast;
    }

    /** The rule that refused the later attempt. @return the verdict */
    public Verdict verdict() {
        return verdict;
    }

    /** Token that fences the caller. @return 0 where none does */
    public long fenceToken() {
        return fenceToken;
    }

    /** Client of the grant that fences the caller. @return 0 where none does */
    public long fenceClientId() {
        return fenceClientId;
    }
}
