package io.fencegate.verification.resilience;

import java.util.List;

/**
 * One row of the resilience table.
 *
 * <p>Immutable; any thread.
 *
 * @param fault that was done
 * @param ending of it for the client
 * @param story what the client did, in order
 * @param time to resume or to report
 * @param tookMs for the whole row, in milliseconds
 * @param properties that were checked
 */
record Row(Fault fault, Ending ending, List<String> story, String time, long tookMs, List<Property> properties) {
    /** Whether everything held. @return false if a property is broken */
    boolean held() {
        return !properties.isEmpty() && properties.stream().allMatch(Property::held);
    }

    /** What did not hold. @return in words and facts */
    List<String> broken() {
        return properties.stream()
                .filter(property -> !property.held())
                .map(property -> property.name() + " [" + property.why() + "]")
                .toList();
    }
}
