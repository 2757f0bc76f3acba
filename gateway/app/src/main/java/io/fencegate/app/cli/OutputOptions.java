package io.fencegate.app.cli;

import picocli.CommandLine.Option;

/**
 * The options of every command.
 */
public final class OutputOptions {
    @Option(
            names = "--json",
            description = "Print one JSON object a line, with the words of the documentation in lowerCamelCase.")
    private boolean json;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "Colours: auto (on a terminal, unless NO_COLOR is set), always or never.")
    private ColorChoice color;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    /**
     * Whether a program reads the output.
     *
     * @return true with {@code --json}
     */
    public boolean json() {
        return json;
    }

    /**
     * Whether only the help was asked for.
     *
     * @return true with {@code --help}
     */
    public boolean help() {
        return help;
    }
}
