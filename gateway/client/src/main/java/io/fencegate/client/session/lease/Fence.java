package io.fencegate.client.session.lease;

/**
 * The grant by which a gateway refused an open, and the gateway's proof that it opened it.
 *
 * <p>Immutable; any thread.
 *
 * @param token of that grant
 * @param clientId of that grant
 * @param proof the gateway's MAC, which opens nothing; 0 without a key
 */
public record Fence(long token, long clientId, long proof) {}
