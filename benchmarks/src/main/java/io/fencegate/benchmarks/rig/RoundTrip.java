package io.fencegate.benchmarks.rig;

/**
 * One of two subjects that are measured side by side: sends a message, waits for the answer, and checks it. Between two
 * blocks it is paused, so that the other subject has the cores for itself. One thread.
 */
public interface RoundTrip extends AutoCloseable {
    /** How reports call it. @return a short name */
    String name();

    /** Sends one message, waits for its answer, and checks it. @throws WrongAnswerException if it is not the right one */
    void exchange();

    /** The other thread of this subject may run from now on. */
    void resume();

    /** The other thread of this subject gives its core away until {@link #resume}. */
    void pause();

    @Override
    void close();
}
