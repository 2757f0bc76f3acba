package io.fencegate.app.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command sees of the world around it: data goes to {@code out}, messages go to {@code err}.
 *
 * <p>The streams are shared by all threads of the process.
 *
 * @param in standard input
 * @param out standard output: data only
 * @param err standard error: messages only
 * @param environment variables by name
 * @param screen what the two outputs can show
 */
public record Terminal(
        InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, Screen screen) {
    private static final int OUT_BUFFER_LENGTH = 1 << 16;

    /**
     * Streams that are no terminals.
     *
     * @param in standard input
     * @param out standard output: data only
     * @param err standard error: messages only
     * @param environment variables by name
     */
    public Terminal(
            final InputStream in, final PrintStream out, final PrintStream err, final Map<String, String> environment) {
        this(in, out, err, environment, Screen.NONE);
    }

    /**
     * The terminal of this process.
     *
     * @return standard input, output and error in UTF-8 whatever the locale, and environment
     */
    public static Terminal ofProcess() {
        return new Terminal(
                System.in,
                new PrintStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUT_BUFFER_LENGTH),
                        false,
                        StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.getenv(),
                Screen.ofProcess(System.getenv()));
    }

    /**
     * The same terminal for a user who says whether there shall be colours.
     *
     * @param choice of the user
     * @return a copy
     */
    public Terminal with(final ColorChoice choice) {
        return new Terminal(in, out, err, environment, screen.with(choice));
    }

    /**
     * Standard output for those who write characters.
     *
     * @return a writer that flushes at each line
     */
    public PrintWriter outWriter() {
        return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
    }

    /**
     * Standard error for those who write characters.
     *
     * @return a writer that flushes at each line
     */
    public PrintWriter errWriter() {
        return new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
    }

    /**
     * Says something to the user.
     *
     * @param message a sentence
     */
    public void say(final String message) {
        err.println("fencegate: " + message);
        err.flush();
    }

    /**
     * Tells the user of a failure.
     *
     * @param message a sentence
     */
    public void complain(final String message) {
        err.println(screen.err(Paint.RED, "fencegate:") + " " + message);
        err.flush();
    }

    /**
     * Prints one line of data.
     *
     * @param line without a line feed
     * @throws OutputClosedException if nobody reads standard output any more
     */
    public void print(final String line) {
        out.println(line);
        flush();
    }

    /**
     * Hands everything printed so far to whoever reads it.
     *
     * @throws OutputClosedException if nobody reads standard output any more
     */
    public void flush() {
        if (out.checkError()) {
            throw new OutputClosedException();
        }
    }
}
