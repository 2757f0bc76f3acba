package io.fencegate.verification.resilience;

/**
 * How long things last in the laboratory, in milliseconds.
 *
 * <p>Immutable; any thread.
 *
 * @param leaseShortMs of the lease that runs out while its holder stands still
 * @param leaseMs of a lease that outlasts its holder's pause
 * @param leaseDropMs of a lease that outlasts the network's absence
 * @param leaseLeaderMs of a lease whose sequencer changes its leader
 * @param livenessMs after which the client's media driver gives up a silent client
 * @param driverMs after which the client gives up a silent media driver
 * @param pauseLivenessMs longer than livenessMs
 * @param pauseDriverMs longer than driverMs and livenessMs
 * @param dropMs how long the network is gone
 * @param writeMs how long the impatient client tries to settle a write
 */
record Times(
        long leaseShortMs,
        long leaseMs,
        long leaseDropMs,
        long leaseLeaderMs,
        long livenessMs,
        long driverMs,
        long pauseLivenessMs,
        long pauseDriverMs,
        long dropMs,
        long writeMs) {
    /** Lowered timeouts of the client's media driver, and a network that is gone for 15 s. @return the times */
    static Times brief() {
        return new Times(2_000, 15_000, 30_000, 15_000, 4_000, 4_500, 5_000, 6_500, 15_000, 3_000);
    }

    /** Aeron's own timeouts, and a network that is gone for a minute. @return the times */
    static Times full() {
        return new Times(3_000, 60_000, 180_000, 30_000, 10_000, 10_000, 12_000, 20_000, 60_000, 30_000);
    }
}
