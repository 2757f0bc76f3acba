package io.fencegate.client.lease;

/**
 * Where the floor of the sequencer's tokens is.
 *
 * <p>Immutable; any thread.
 *
 * @param isRaised whether it had to be raised; else the next token was above the one told already
 * @param termOffset what is added to the leadership term of each token, a multiple of 2^16
 */
public record Floor(boolean isRaised, long termOffset) {}
