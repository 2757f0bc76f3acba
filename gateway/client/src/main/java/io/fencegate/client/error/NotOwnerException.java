package io.fencegate.client.error;

import io.fencegate.core.grant.Verdict;

/**
 * NOT_OWNER: the resource is open under the caller's token, but by another client, or in another session of this one.
 *
 * <p>Immutable; any thread.
 */
public final class NotOwnerException extends FencedException {
    private static final long serialVersionUID = 1L;

    /**
     * States a refusal.
     *
     * @param resource that is fenced
     * @param ourToken the caller's token
     * @param fenceToken the token that fences it, which is the same; 0 if the gateway did not tell it
     * @param fenceClientId the client whose grant that is
     * @param proof the gateway's; 0 without a key, and for a write
     */
    public NotOwnerException(
            final String resource,
            final long ourToken,
            final long fenceToken,
            final long fenceClientId,
            final long proof) {
        super(Verdict.NOT_OWNER, resource, ourToken, fenceToken, fenceClientId, proof);
    }
}
