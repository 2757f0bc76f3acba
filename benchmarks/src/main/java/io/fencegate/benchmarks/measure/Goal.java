package io.fencegate.benchmarks.measure;

import java.util.Locale;

/**
 * What a figure shall reach. Immutable.
 *
 * @param kind how the bound is meant
 * @param bound of the figure, in its unit; without meaning for {@link Kind#REPORTED}
 */
public record Goal(Kind kind, double bound) {
    /** How a bound is meant. */
    public enum Kind {
        /** The figure must not be greater. */
        AT_MOST,
        /** The figure must not be less. */
        AT_LEAST,
        /** There is none: the figure is told and left to the reader. */
        REPORTED
    }

    /** A figure that is only told. @return no goal */
    public static Goal reported() {
        return new Goal(Kind.REPORTED, 0);
    }

    /** A ceiling. @param bound the greatest that is good @return the goal */
    public static Goal atMost(final double bound) {
        return new Goal(Kind.AT_MOST, bound);
    }

    /** A minimum. @param bound the least that is good @return the goal */
    public static Goal atLeast(final double bound) {
        return new Goal(Kind.AT_LEAST, bound);
    }

    /**
     * Judges a figure.
     *
     * @param value as measured
     * @return met, not met, or only reported
     */
    public Outcome judge(final double value) {
        return switch (kind) {
            case REPORTED -> Outcome.REPORTED;
            case AT_MOST -> value <= bound ? Outcome.MET : Outcome.NOT_MET;
            case AT_LEAST -> value >= bound ? Outcome.MET : Outcome.NOT_MET;
        };
    }

    @Override
    public String toString() {
        final String number =
                bound == Math.rint(bound) ? String.format(Locale.ROOT, "%,.0f", bound) : Double.toString(bound);
        return switch (kind) {
            case REPORTED -> "reported";
            case AT_MOST -> "<= " + number;
            case AT_LEAST -> ">= " + number;
        };
    }
}
