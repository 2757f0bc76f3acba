package io.fencegate.app.cli;

/**
 * Ends a command with an exit code and a sentence for the user: what happened, to what, and what to do next.
 */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final transient JsonObject details;

    /**
     * Ends a command.
     *
     * @param exitCode of the process
     * @param message a sentence without a line feed
     */
    public CommandException(final ExitCode exitCode, final String message) {
        this(exitCode, message, null);
    }

    /**
     * Ends a command with an answer of the system.
     *
     * @param exitCode of the process
     * @param message a sentence without a line feed
     * @param details what a program wants to know, printed on standard output with {@code --json}; or null
     */
    public CommandException(final ExitCode exitCode, final String message, final JsonObject details) {
        super(message);
        this.exitCode = exitCode;
        this.details = details;
    }

    /**
     * How the process ends.
     *
     * @return the exit code
     */
    public ExitCode exitCode() {
        return exitCode;
    }

    /**
     * The answer of the system as a program wants it.
     *
     * @return the answer, or null where there is none
     */
    public JsonObject details() {
        return details;
    }
}
