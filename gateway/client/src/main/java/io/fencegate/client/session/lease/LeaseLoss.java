package io.fencegate.client.session.lease;

import io.fencegate.core.grant.LeaseEnd;

/**
 * A lease that its holder has lost, for good: the client never acquires it again by itself.
 *
 * <p>Immutable; any thread.
 *
 * @param resource that it was for
 * @param token of the lost grant
 * @param end how it ended
 * @param currentToken token of the resource's holder now; 0 if none
 * @param currentHolder clientId of the resource's holder now; 0 if none
 */
public record LeaseLoss(String resource, long token, LeaseEnd end, long currentToken, long currentHolder) {}
