package io.fencegate.benchmarks.rig;

/** A subject answered fast, but wrongly, or not at all: the run is void. */
public final class WrongAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * The run is void.
     *
     * @param facts as {@code name=value}
     */
    public WrongAnswerException(final String facts) {
        super("wrong answer: " + facts);
    }
}
