package io.fencegate.verification.simulator.plan;

import java.util.Locale;

/**
 * One thing that is done to the world. Immutable.
 *
 * @param atNs when
 * @param kind what
 * @param who which client, node or way, as a number to be taken modulo how many there are
 * @param resource which resource, likewise
 * @param amount how long in nanoseconds, how many, or how far
 */
public record Stimulus(long atNs, StimulusKind kind, int who, int resource, long amount) {
    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%8.3f s  %s who=%d resource=%d amount=%d",
                atNs / NANOS_PER_SECOND,
                kind,
                who,
                resource,
                amount);
    }
}
