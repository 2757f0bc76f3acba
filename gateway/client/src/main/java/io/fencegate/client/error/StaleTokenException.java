package io.fencegate.client.error;

import io.fencegate.core.grant.Verdict;

/**
 * STALE_TOKEN: a newer grant has been opened for this resource, so its holder owns it and this client's writes are
 * refused for good. This is what a client meets that was paused past the end of its lease.
 *
 * <p>Immutable; any thread.
 */
public final class StaleTokenException extends FencedException {
    private static final long serialVersionUID = 1L;

    /**
     * States a refusal.
     *
     * @param resource that is fenced
     * @param ourToken the token that is stale
     * @param fenceToken the newer token, which fences it
     * @param fenceClientId the client whose grant that is
     * @param proof the gateway's; 0 without a key, and for a write
     */
    public StaleTokenException(
            final String resource,
            final long ourToken,
            final long fenceToken,
            final long fenceClientId,
            final long proof) {
        super(Verdict.STALE_TOKEN, resource, ourToken, fenceToken, fenceClientId, proof);
    }
}
