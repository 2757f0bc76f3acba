package io.fencegate.verification.checker.fact;

import io.fencegate.verification.history.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What checkers found: violations, and how many facts they looked at, so that a check that looked at nothing is seen.
 *
 * <p>One thread.
 */
public final class Findings {
    /** Violations of one property that are kept; those behind them are only counted. */
    public static final int KEPT_MAX = 16;

    private final List<Violation> violations = new ArrayList<>();
    private final Map<Property, Long> checked = new EnumMap<>(Property.class);
    private final Map<Property, Long> excused = new EnumMap<>(Property.class);
    private final Map<Property, Long> violated = new EnumMap<>(Property.class);

    /**
     * A fact was looked at.
     *
     * @param property that it bears on
     */
    public void checked(final Property property) {
        checked.merge(property, 1L, Long::sum);
    }

    /**
     * A fact does not hold, and need not after the faults of this history.
     *
     * @param property that it bears on
     */
    public void excused(final Property property) {
        excused.merge(property, 1L, Long::sum);
    }

    /**
     * A property is broken.
     *
     * @param property that is
     * @param sentence what happened, to what
     * @param events that show it; null ones are left out
     */
    public void violated(final Property property, final String sentence, final Event... events) {
        if (violated.merge(property, 1L, Long::sum) <= KEPT_MAX) {
            violations.add(new Violation(
                    property,
                    sentence,
                    Arrays.stream(events).filter(Objects::nonNull).toList()));
        }
    }

    /**
     * Checks a fact, and counts it.
     *
     * @param property that it bears on
     * @param holds whether it is as it must be
     * @param sentence what is wrong if it is not
     * @param events that show it; null ones are left out
     */
    public void check(
            final Property property, final boolean holds, final Supplier<String> sentence, final Event... events) {
        checked(property);
        if (!holds) {
            violated(property, sentence.get(), events);
        }
    }

    /** What is broken. @return at most {@link #KEPT_MAX} of each property, in the order in which they were found */
    public List<Violation> violations() {
        return Collections.unmodifiableList(violations);
    }

    /** How many facts were looked at. @param property that they bear on @return 0: nothing was checked */
    public long checkedCount(final Property property) {
        return checked.getOrDefault(property, 0L);
    }

    /** How many facts need not hold. @param property that they bear on @return count, not among those checked */
    public long excusedCount(final Property property) {
        return excused.getOrDefault(property, 0L);
    }

    /** How many facts do not hold. @param property that they bear on @return count, kept or not */
    public long violatedCount(final Property property) {
        return violated.getOrDefault(property, 0L);
    }

    /** All counts in one line. @return as {@code S1=12 S2=9 …}, excused ones behind a plus */
    public String counts() {
        final StringBuilder line = new StringBuilder();
        for (final Property property : Property.values()) {
            final long excuses = excusedCount(property);
            if (checkedCount(property) + excuses > 0) {
                line.append(line.length() == 0 ? "" : " ").append(property).append('=');
                line.append(checkedCount(property)).append(excuses > 0 ? "+" + excuses : "");
            }
        }
        return line.toString();
    }
}
