package io.fencegate.app.cli;

import io.fencegate.app.config.ConfigurationException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns whatever ends a command early into a sentence and an exit code; a stack trace never reaches the terminal.
 *
 * <p>The command's thread.
 */
public final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final String JSON_OPTION = "--json";

    private final Terminal terminal;

    /**
     * Failures of one run.
     *
     * @param terminal that hears about them
     */
    public Failures(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(final ParameterException wrong, final String[] args) {
        final String command = wrong.getCommandLine().getCommandSpec().qualifiedName(" ");
        return report(
                ExitCode.USAGE,
                sentence(wrong.getMessage()) + suggestion(wrong) + "; see: " + command + " --help",
                null,
                wantsJson(Arrays.asList(args)));
    }

    @Override
    public int handleExecutionException(
            final Exception failure, final CommandLine commandLine, final ParseResult parseResult) {
        final boolean json = parseResult != null && wantsJson(parseResult.originalArgs());
        return report(failure, json);
    }

    /**
     * Reports what ended a command.
     *
     * @param failure of any kind
     * @param json whether a program reads the output
     * @return the exit code
     */
    public int report(final Throwable failure, final boolean json) {
        if (failure instanceof OutputClosedException) {
            return ExitCode.OUTPUT_CLOSED.code();
        }
        if (failure instanceof CommandException ended) {
            return report(ended.exitCode(), ended.getMessage(), ended.details(), json);
        }
        if (failure instanceof ConfigurationException wrong) {
            return report(ExitCode.USAGE, wrong.getMessage(), null, json);
        }
        return report(
                ExitCode.IMPOSSIBLE,
                "stopped by what should not happen: " + describe(failure) + at(failure)
                        + "; please report it with the command that you ran",
                null,
                json);
    }

    /**
     * A failure and its causes on one line.
     *
     * @param failure of any kind
     * @return names of the types and their messages
     */
    public static String describe(final Throwable failure) {
        final StringBuilder text = new StringBuilder();
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 4; cause = cause.getCause(), depth++) {
            text.append(depth == 0 ? "" : ", caused by ")
                    .append(cause.getClass().getSimpleName());
            if (cause.getMessage() != null) {
                text.append(": ").append(sentence(cause.getMessage()));
            }
        }
        return text.toString();
    }

    private int report(final ExitCode code, final String message, final JsonObject details, final boolean json) {
        if (json && details != null) {
            terminal.print(details.put("message", message).toString());
        }
        if (json && details == null) {
            final String line = new JsonObject()
                    .put("error", code.name())
                    .put("exitCode", code.code())
                    .put("message", message)
                    .toString();
            terminal.err().println(line);
            terminal.err().flush();
        } else {
            terminal.complain(message);
        }
        return code.code();
    }

    /** What stands behind {@code --} belongs to another program. */
    private static boolean wantsJson(final List<String> args) {
        final int end = args.indexOf("--");
        return args.subList(0, end < 0 ? args.size() : end).contains(JSON_OPTION);
    }

    private static String at(final Throwable failure) {
        final StackTraceElement[] trace = failure.getStackTrace();
        return trace.length == 0 ? "" : " at=" + trace[0];
    }

    private static String suggestion(final ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            return ", did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
        }
        return "";
    }

    private static String sentence(final String message) {
        return message == null ? "" : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
