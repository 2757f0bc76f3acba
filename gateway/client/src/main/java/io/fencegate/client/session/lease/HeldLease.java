package io.fencegate.client.session.lease;

/**
 * A live lease as the sequencer lists it.
 *
 * <p>Immutable; any thread.
 *
 * @param resource that it is for
 * @param holder clientId of its holder
 * @param token of its grant
 * @param remainingMs what is left of it, in milliseconds of log time
 * @param waiters how many clients wait for it
 */
public record HeldLease(String resource, long holder, long token, long remainingMs, int waiters) {}
