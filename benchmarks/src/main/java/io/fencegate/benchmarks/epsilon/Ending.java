package io.fencegate.benchmarks.epsilon;

import io.fencegate.benchmarks.measure.Figure;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * How the writes to a gateway came to an end, and what that says. Immutable.
 *
 * @param kind why no more were written
 * @param wanted writes that were to be tried
 * @param answered writes that were acknowledged, each answer checked
 * @param heapAtFirst heap in use when a tenth of the writes were acknowledged; nothing if it was not told
 * @param heapAtEnd heap in use at the end; nothing if it was not told
 * @param words what a gateway that died said at last
 */
record Ending(Kind kind, long wanted, long answered, OptionalLong heapAtFirst, OptionalLong heapAtEnd, String words) {
    /** Writes that a gateway must take. */
    static final long GOAL = 50_000_000;

    /** Part of the writes after which warm-up is over. */
    static final int FIRST_PART = 10;

    private static final String ID = "P6";
    private static final String WHAT = "writes to a gateway process under EpsilonGC, heap " + EpsilonGateway.HEAP_MIB
            + " MiB, IPC, 64 B, pipelined";
    private static final double MIB = 1 << 20;

    /** Why no more were written. */
    enum Kind {
        /** All that were wanted are acknowledged. */
        REACHED,
        /** The user had enough. */
        STOPPED,
        /** The gateway's heap was full. */
        OUT_OF_MEMORY,
        /** The gateway ended for another reason. */
        DIED
    }

    /** No room on the disk, so that nothing was started. */
    static Measure refused(final String reason) {
        return Measure.failed(ID, WHAT, Goal.atLeast(GOAL), reason);
    }

    /** The row: met only if all the writes of the goal were tried and acknowledged. */
    Measure row() {
        final Figure[] figures = figures().toArray(new Figure[0]);
        return switch (kind) {
            case REACHED ->
                wanted >= GOAL
                        ? Measure.value(ID, WHAT, Goal.atLeast(GOAL), figures)
                        : Measure.value(ID, WHAT, Goal.reported(), figures)
                                .withNote(String.format(
                                        Locale.ROOT, "not tried to the goal: tried=%,d goal=%,d", wanted, GOAL));
            case STOPPED ->
                Measure.value(ID, WHAT, Goal.atLeast(GOAL), figures)
                        .partial(String.format(Locale.ROOT, "stopped after writes=%,d of %,d", answered, wanted));
            case OUT_OF_MEMORY ->
                Measure.value(ID, WHAT, Goal.atLeast(GOAL), figures).withNote("the gateway's heap was full: " + words);
            case DIED ->
                Measure.failed(ID, WHAT, Goal.atLeast(GOAL), "the gateway died: answered=" + answered + "; " + words);
        };
    }

    private List<Figure> figures() {
        final List<Figure> figures = new ArrayList<>();
        figures.add(figure("acknowledged", answered, "writes"));
        if (heapAtEnd.isPresent()) {
            figures.add(figure("heap at the end", heapAtEnd.getAsLong() / MIB, "MiB"));
        }
        final long later = answered - wanted / FIRST_PART;
        if (heapAtEnd.isPresent() && heapAtFirst.isPresent() && later > 0) {
            final double grown = heapAtEnd.getAsLong() - heapAtFirst.getAsLong();
            figures.add(figure("heap per million writes after the first tenth", grown / MIB * 1e6 / later, "MiB"));
        }
        return figures;
    }

    private static Figure figure(final String name, final double value, final String unit) {
        return new Figure(name, Spread.of(value), unit);
    }
}
