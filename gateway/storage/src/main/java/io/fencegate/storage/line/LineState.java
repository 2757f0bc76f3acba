package io.fencegate.storage.line;

/** What the line does. The codes are those of the counter. Immutable; any thread. */
public enum LineState {
    /** The journal is being recovered: every request is answered RECOVERING. */
    RECOVERING(1),
    /** Requests are decided. */
    SERVING(2),
    /** The line has ended. */
    CLOSED(3);

    private final int code;

    LineState(final int code) {
        this.code = code;
    }

    /** The number that stands for this state in the counter. @return the code */
    public int code() {
        return code;
    }
}
