package io.fencegate.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command in a process of its own, with this JVM's flags and class path. It is ended, and tidies up, at the close. */
final class Spawned implements AutoCloseable {
    private static final long END_TIMEOUT_SECONDS = 60;

    private final Process process;
    private final BufferedReader out;
    private final Path err;

    private Spawned(final Process process, final Path err) {
        this.process = process;
        this.err = err;
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Spawned start(final Path directory, final String... args) throws IOException {
        return start(directory, Map.of(), args);
    }

    static Spawned start(final Path directory, final Map<String, String> variables, final String... args)
            throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!flag.startsWith("-javaagent") && !flag.startsWith("-agent")) {
                command.add(flag);
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Fencegate.class.getName()));
        command.addAll(List.of(args));
        final Path err = Files.createTempFile(directory, "err", ".log");
        final ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().putAll(variables);
        return new Spawned(builder.start(), err);
    }

    /** The next line of standard output. */
    String line() throws IOException {
        return out.readLine();
    }

    /** What it said on standard error so far. */
    String err() throws IOException {
        return Files.readString(err);
    }

    /** Reads no more of its standard output, as a pipe whose reader has ended. */
    void closeOutput() throws IOException {
        out.close();
    }

    /** Ends its standard input. */
    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Any signal, by its name without SIG. */
    void signal(final String name) throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " " + process.pid())
                        .start()
                        .waitFor());
    }

    /** Waits until it has said something on standard error. */
    void awaitErr(final String text) {
        Await.until(() -> err().contains(text), () -> "never said on standard error, see file=" + err + ": " + text);
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
    }

    int awaitExit() throws IOException, InterruptedException {
        if (!process.waitFor(END_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the process does not end: " + err());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
