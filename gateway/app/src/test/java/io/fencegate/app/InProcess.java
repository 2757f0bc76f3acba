package io.fencegate.app;

import io.fencegate.app.cli.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One command, run within the test's process.
 *
 * @param exitCode of the command
 * @param out what it printed on standard output
 * @param err what it printed on standard error
 */
record InProcess(int exitCode, String out, String err) {
    static InProcess run(final Map<String, String> environment, final String input, final String... args) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment);
        final int exitCode = Fencegate.run(terminal, args);
        return new InProcess(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static InProcess run(final String... args) {
        return run(Map.of(), "", args);
    }
}
