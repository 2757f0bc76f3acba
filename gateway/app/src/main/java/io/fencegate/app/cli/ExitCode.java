package io.fencegate.app.cli;

/**
 * How a command ended, as the shell sees it.
 *
 * <p>Immutable; any thread.
 */
public enum ExitCode {
    /** Done. */
    DONE(0),
    /** The system refused: a verdict was printed. */
    REFUSED(1),
    /** Wrong usage or configuration, or a directory that another process uses. */
    USAGE(2),
    /** Not reachable, or no answer in time. */
    NOT_REACHABLE(3),
    /** Verification found a violation, or damage that a start refuses to pass over. */
    VIOLATION(4),
    /** Stopped by an impossible state or a failed sync. */
    IMPOSSIBLE(5),
    /** The media driver or the cluster was lost. */
    LOST(6),
    /** The program that lock was told to run is not executable: what a shell tells. */
    COMMAND_NOT_EXECUTABLE(126),
    /** The program that lock was told to run was not found: what a shell tells. */
    COMMAND_NOT_FOUND(127),
    /** Nobody reads standard output any more: what a process that SIGPIPE ends would tell. */
    OUTPUT_CLOSED(141);

    private final int code;

    ExitCode(final int code) {
        this.code = code;
    }

    /**
     * The number.
     *
     * @return 0 to 6, or what a shell tells
     */
    public int code() {
        return code;
    }
}
