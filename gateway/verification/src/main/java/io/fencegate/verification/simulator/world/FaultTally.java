package io.fencegate.verification.simulator.world;

import java.util.EnumMap;
import java.util.Map;

/** How often what went wrong. One thread. */
public final class FaultTally {
    private final Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);

    /** It went wrong. @param fault that was injected */
    public void count(final FaultKind fault) {
        counts.merge(fault, 1L, Long::sum);
    }

    /** Adds another tally. @param other of another simulation */
    public void add(final FaultTally other) {
        other.counts.forEach((fault, count) -> counts.merge(fault, count, Long::sum));
    }

    /** How often. @param fault of one kind @return times */
    public long of(final FaultKind fault) {
        return counts.getOrDefault(fault, 0L);
    }

    /** How often in all. @return times */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
