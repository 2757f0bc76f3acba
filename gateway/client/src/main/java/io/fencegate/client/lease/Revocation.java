package io.fencegate.client.lease;

import io.fencegate.core.grant.Grant;

/**
 * A lease that an operator ended.
 *
 * <p>Immutable; any thread.
 *
 * @param grant the operator's fresh grant: it has no lease, and serves to open the resource at its gateway, so that the
 *     old holder is fenced at once
 * @param revokedToken token of the lease that ended
 * @param revokedHolder clientId of its holder
 */
public record Revocation(Grant grant, long revokedToken, long revokedHolder) {}
