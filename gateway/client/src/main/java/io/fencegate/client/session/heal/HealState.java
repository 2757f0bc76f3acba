package io.fencegate.client.session.heal;

/**
 * How a heal stands.
 *
 * <p>Immutable; any thread.
 */
public enum HealState {
    /** The sequencer is asked who holds the resource. */
    DESCRIBING,
    /** The sequencer is shown the gateway's proof. */
    RAISING,
    /** The lease is released. */
    RELEASING,
    /** The lease is acquired again. */
    ACQUIRING,
    /** The client holds the lease under a token that is above the fence. */
    HEALED,
    /** The sequencer says that the lease is not this client's any more. */
    LOST,
    /** The sequencer refused something else. */
    REFUSED,
    /** The time was over. */
    TIMED_OUT
}
