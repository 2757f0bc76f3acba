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
 */
public record Terminal(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
    private static final int OUT_BUFFER_LENGTH = 1 << 16;

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
                System.getenv());
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
     * Prints one line of data.
     *
     * @param line without a line feed
     */
    public void print(final String line) {
        out.println(line);
        out.flush();
    }
}
