package io.fencegate.client.error;

import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import java.util.HexFormat;

/**
 * STALE_TOKEN or NOT_OWNER: another grant fences this one. Where an open was refused so, it carries the gateway's proof
 * that this other grant was opened: with it a client whose lease is still its own at a sequencer that has lost its memory
 * heals it ({@link io.fencegate.client.lease.Healer}).
 *
 * <p>Immutable; any thread.
 */
public abstract class FencedException extends RefusedException {
    private static final long serialVersionUID = 1L;

    private final long fenceToken;
    private final long fenceClientId;
    private final long proof;

    FencedException(
            final Verdict verdict,
            final String resource,
            final long ourToken,
            final long fenceToken,
            final long fenceClientId,
            final long proof) {
        super(
                verdict,
                resource,
                ourToken,
                fenceToken == 0
                        ? ""
                        : "fenceToken=" + Token.describe(fenceToken) + " fenceClientId="
                                + HexFormat.of().toHexDigits(fenceClientId));
        this.fenceToken = fenceToken;
        this.fenceClientId = fenceClientId;
        this.proof = proof;
    }

    /** The token that is fenced. @return the caller's token */
    public long ourToken() {
        return token();
    }

    /** The token that fences the caller. @return not below {@link #ourToken()}; 0 if the gateway did not tell it */
    public long fenceToken() {
        return fenceToken;
    }

    /** The client whose grant fences the caller. @return its 64 bits */
    public long fenceClientId() {
        return fenceClientId;
    }

    /** The gateway's proof that it opened that grant; it opens nothing. @return 0 without a key, and for a write */
    public long proof() {
        return proof;
    }
}
