package io.fencegate.verification.checker.fact;

import io.fencegate.verification.history.Event;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A property that a history breaks.
 *
 * <p>Immutable; any thread.
 *
 * @param property that is broken
 * @param sentence what happened, to what
 * @param events that show it, in order of observation
 */
public record Violation(Property property, String sentence, List<Event> events) {
    /** The violation for people: a line for the sentence and one for each event. */
    @Override
    public String toString() {
        return events.stream()
                .map(Event::toString)
                .collect(Collectors.joining("\n  ", property + " is broken: " + sentence + "\n  ", ""));
    }
}
