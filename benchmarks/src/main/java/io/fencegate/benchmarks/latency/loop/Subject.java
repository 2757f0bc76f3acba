package io.fencegate.benchmarks.latency.loop;

/**
 * What is measured: takes messages of one or more writers, and answers each, a writer's own in the order in which they
 * were sent. It checks every answer itself. Between two blocks it is paused, so that another subject has the cores for
 * itself.
 *
 * <p>The thread that measures, which is the client of every subject.
 */
public interface Subject extends AutoCloseable {
    /** How many there are that send. @return at least 1 */
    int writers();

    /**
     * Sends the next message of a writer, unless it cannot be taken now.
     *
     * @param writer from 0
     * @return false if it must be tried again
     * @throws io.fencegate.benchmarks.rig.WrongAnswerException if it can never be taken
     */
    boolean offer(int writer);

    /**
     * Takes in what has been answered. A driver that has no thread of its own works in here too.
     *
     * @param answers is told of each answer, once it was checked
     * @return work done
     * @throws io.fencegate.benchmarks.rig.WrongAnswerException if an answer is not the right one
     */
    int poll(Answers answers);

    /** The other threads of this subject may run from now on. */
    void resume();

    /** The other threads of this subject give their cores away until {@link #resume}. */
    void pause();

    @Override
    void close();

    /** Told of answers. */
    interface Answers {
        /** The oldest message of this writer that had no answer yet was answered, rightly. @param writer from 0 */
        void onAnswer(int writer);
    }
}
