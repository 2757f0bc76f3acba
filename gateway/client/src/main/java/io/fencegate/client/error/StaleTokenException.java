package io.fencegate.client.error;

import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import java.util.HexFormat;

/**
 * STALE_TOKEN: a newer grant has been opened for this resource, so its holder owns it and this client's writes are
 * refused for good. This is what a client meets that was paused past the end of its lease.
 *
 * <p>Immutable; any thread.
 */
public final class StaleTokenException extends RefusedException {
    private static final long serialVersionUID = 1L;

    private final long fenceToken;
    private final long fenceClientId;

    /**
     * States a refusal.
     *
     * @param resource that is fenced
     * @param ourToken the token that is stale
     * @param fenceToken the newer token, which fences it
     * @param fenceClientId the client whose grant that is
     */
    public StaleTokenException(
            final String resource, final long ourToken, final long fenceToken, final long fenceClientId) {
        super(
                Verdict.STALE_TOKEN,
                resource,
                ourToken,
                "fenceToken=" + Token.describe(fenceToken) + " fenceClientId="
                        + HexFormat.of().toHexDigits(fenceClientId));
        this.fenceToken = fenceToken;
        this.fenceClientId = fenceClientId;
    }

    /** The token that is stale. @return the caller's token */
    public long ourToken() {
        return token();
    }

    /** The token that fences the caller. @return higher than {@link #ourToken()} */
    public long fenceToken() {
        return fenceToken;
    }

    /** The client whose grant fences the caller. @return its 64 bits */
    public long fenceClientId() {
        return fenceClientId;
    }
}
