package io.fencegate.app.cli;

/** The colours that a terminal shows. */
public enum Paint {
    /** What failed, or was refused. */
    RED(31),
    /** What holds, or was granted. */
    GREEN(32),
    /** What needs attention. */
    YELLOW(33),
    /** Headings. */
    BOLD(1),
    /** What matters less. */
    FAINT(2);

    private final int code;

    Paint(final int code) {
        this.code = code;
    }

    /**
     * Paints a text.
     *
     * @param text of one line
     * @return the text between escape sequences
     */
    String on(final String text) {
        return "\033[" + code + "m" + text + "\033[0m";
    }
}
