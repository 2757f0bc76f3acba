package io.fencegate.benchmarks.measure;

import java.util.Locale;

/** What became of a measure. */
public enum Outcome {
    /** The median of the figure reaches the goal. */
    MET,
    /** It does not. */
    NOT_MET,
    /** There is no goal to reach. */
    REPORTED,
    /** The run was stopped before all blocks were measured: the figures are true and fewer, and nothing is judged. */
    PARTIAL,
    /** The rig broke, or an answer was wrong, or a stated rate was not held: there is no figure that could be trusted. */
    FAILED,
    /** Not measured here, and the note says why. */
    SKIPPED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
