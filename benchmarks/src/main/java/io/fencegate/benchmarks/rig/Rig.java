package io.fencegate.benchmarks.rig;

import io.fencegate.benchmarks.measure.Measure;
import java.util.List;

/**
 * An instrument: measures one or more rows of the table, checks every answer, and leaves nothing behind.
 *
 * <p>One thread runs one rig at a time; between runs it holds nothing.
 */
public interface Rig {
    /** The word by which it is chosen. @return a short name in lower case */
    String name();

    /** What it measures beside what. @return one line */
    String description();

    /** The goals that its rows belong to, for the list, and for the row of a rig that broke. @return {@code P1} and so on */
    List<String> goals();

    /**
     * Measures. Returns early, with rows marked as partial, soon after {@link Run#isStopped} turns true.
     *
     * @param run how much, where, and for whom
     * @return the rows in the order in which they are shown
     * @throws WrongAnswerException if any answer is not the right one
     * @throws Exception if it cannot be measured; the row is kept as failed
     */
    List<Measure> run(Run run) throws Exception;
}
