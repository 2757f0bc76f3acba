package io.fencegate.verification.simulator.seeds;

import io.fencegate.verification.history.Event;
import java.util.List;

/**
 * A property that a world has broken. Immutable.
 *
 * @param property its name
 * @param sentence what happened
 * @param events that show it; none where a process stopped itself
 */
public record Breach(String property, String sentence, List<Event> events) {}
