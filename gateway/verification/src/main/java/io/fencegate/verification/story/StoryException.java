package io.fencegate.verification.story;

/** A story that cannot be read, or that is not true on a stage. The message names file, line, expected and actual. */
public final class StoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A flaw of a story's text.
     *
     * @param place file and line
     * @param flaw what is wrong
     */
    public StoryException(final String place, final String flaw) {
        super(place + ": " + flaw);
    }

    /**
     * A story that is not true.
     *
     * @param place file and line
     * @param stage on which it was played
     * @param expected as the story tells
     * @param actual as it was
     */
    public StoryException(final String place, final StageKind stage, final String expected, final String actual) {
        super(place + ": stage=" + stage.text() + "\n  expected: " + expected + "\n  actual:   " + actual);
    }
}
