package io.fencegate.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One row of the table. Immutable.
 *
 * @param id of the goal that it belongs to: {@code P1}; empty if it belongs to none
 * @param what was measured, in a few words
 * @param goal of the first figure
 * @param outcome what became of it
 * @param figures the one that the goal speaks of, then the absolute values; empty if failed or skipped
 * @param notes what the reader must know beside the figures
 */
public record Measure(String id, String what, Goal goal, Outcome outcome, List<Figure> figures, List<String> notes) {
    /** Freezes the lists. */
    public Measure {
        figures = List.copyOf(figures);
        notes = List.copyOf(notes);
    }

    /**
     * A ratio of two subjects that were measured in turns.
     *
     * @param <T> what one block yields
     * @param id of the goal
     * @param what was measured
     * @param goal of the ratio
     * @param pairs the blocks
     * @param value of a block, in the unit
     * @param names of the subject and of its floor
     * @param unit of the absolute values
     * @return the row, judged if all blocks were measured
     */
    public static <T> Measure ratio(
            final String id,
            final String what,
            final Goal goal,
            final Paired<? extends T> pairs,
            final ToDoubleFunction<? super T> value,
            final Names names,
            final String unit) {
        final Measure empty = new Measure(id, what, goal, Outcome.PARTIAL, List.of(), List.of());
        if (pairs.isEmpty()) {
            return empty.withNote("stopped before the first pair of blocks");
        }
        final Spread ratio = pairs.ratio(value);
        final List<Figure> figures = List.of(
                new Figure("ratio", ratio, ""),
                new Figure(names.subject(), pairs.subject(value), unit),
                new Figure(names.floor(), pairs.floor(value), unit));
        return pairs.isComplete()
                ? new Measure(id, what, goal, goal.judge(ratio.median()), figures, List.of())
                : new Measure(id, what, goal, Outcome.PARTIAL, figures, List.of())
                        .withNote("stopped after blocks=" + pairs.subjects().size() + " of " + pairs.blocksWanted());
    }

    /**
     * A value of its own, beside nothing.
     *
     * @param id of the goal
     * @param what was measured
     * @param goal of the value
     * @param figures the one that the goal speaks of, and whatever else there is to tell
     * @return the row, judged
     */
    public static Measure value(final String id, final String what, final Goal goal, final Figure... figures) {
        return new Measure(id, what, goal, goal.judge(figures[0].spread().median()), List.of(figures), List.of());
    }

    /**
     * A measure that failed, kept as such.
     *
     * @param id of the goal
     * @param what should have been measured
     * @param goal that remains unjudged
     * @param reason a sentence, with facts as {@code name=value}
     * @return the row
     */
    public static Measure failed(final String id, final String what, final Goal goal, final String reason) {
        return new Measure(id, what, goal, Outcome.FAILED, List.of(), List.of(reason));
    }

    /**
     * A measure that cannot be made here.
     *
     * @param id of the goal
     * @param what should have been measured
     * @param goal that remains unjudged
     * @param reason why not, and what would be needed
     * @return the row
     */
    public static Measure skipped(final String id, final String what, final Goal goal, final String reason) {
        return new Measure(id, what, goal, Outcome.SKIPPED, List.of(), List.of(reason));
    }

    /**
     * The same row with one more thing to know.
     *
     * @param note a sentence
     * @return a copy
     */
    public Measure withNote(final String note) {
        final List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new Measure(id, what, goal, outcome, figures, more);
    }

    /**
     * The same row as one that nobody may rely on as a whole, because the run was stopped.
     *
     * @param note what is missing
     * @return a copy
     */
    public Measure partial(final String note) {
        return new Measure(id, what, goal, Outcome.PARTIAL, figures, notes).withNote(note);
    }

    /**
     * What two subjects are called.
     *
     * @param subject the one whose cost is asked for
     * @param floor the other
     */
    public record Names(String subject, String floor) {
        /** Most rows. */
        public static final Names GATEWAY_AND_FLOOR = new Names("gateway", "floor");
    }
}
