package io.fencegate.verification.simulator.seeds;

import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.simulator.world.FaultTally;
import java.util.EnumMap;
import java.util.Map;

/** What many seeds add up to. Guarded by itself; any thread. */
public final class SeedTally {
    private final FaultTally faults = new FaultTally();
    private final Map<Property, Long> checked = new EnumMap<>(Property.class);
    private long seeds;
    private long virtualNs;
    private long events;

    synchronized void add(final Judgement judgement) {
        seeds++;
        virtualNs += judgement.outcome().virtualNs();
        events += judgement.outcome().history().events().size();
        faults.add(judgement.outcome().faults());
        for (final Property property : Property.values()) {
            checked.merge(property, judgement.checked(property), Long::sum);
        }
    }

    /** Worlds so far. @return count */
    public synchronized long seeds() {
        return seeds;
    }

    /** How long they lived together. @return nanoseconds of virtual time */
    public synchronized long virtualNs() {
        return virtualNs;
    }

    /** Events in their histories. @return count */
    public synchronized long events() {
        return events;
    }

    /** What went wrong in them. @return once all are judged */
    public synchronized FaultTally faults() {
        return faults;
    }

    /** How many facts of a property were checked. @param property of the checkers @return count */
    public synchronized long checked(final Property property) {
        return checked.getOrDefault(property, 0L);
    }
}
