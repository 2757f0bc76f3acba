package io.fencegate.app.process;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A process that this one started: a JVM of its own with the flags of this one. It is told what to do by lines on its
 * standard input and tells what became of it by lines on its standard output; what it says on standard error goes to a
 * file. It ends when its standard input ends, so that it does not outlive this process, however this one ends.
 *
 * <p>One thread; {@link #kill} and {@link #close} also from a shutdown hook.
 */
public final class ChildProcess implements AutoCloseable {
    private static final long END_TIMEOUT_SECONDS = 5;
    private static final long STOP_POLL_INTERVAL_NS = 1_000_000;
    private static final String END = "\0";

    private final String name;
    private final Path log;
    private final Process process;
    private final OutputStream input;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ChildProcess(final String name, final Path log, final Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        input = process.getOutputStream();
        final Thread reader = new Thread(this::readLines, "output-of-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a process.
     *
     * @param name that its starter calls it
     * @param directory for its log
     * @param main class and arguments
     * @return the process, which may not be ready yet
     */
    public static ChildProcess start(final String name, final Path directory, final List<String> main) {
        return start(name, directory, flags(), main);
    }

    /**
     * Starts a process with flags of its own.
     *
     * @param name that its starter calls it
     * @param directory for its log
     * @param flags of its JVM
     * @param main class and arguments
     * @return the process, which may not be ready yet
     */
    public static ChildProcess start(
            final String name, final Path directory, final List<String> flags, final List<String> main) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.addAll(main);
        try {
            final Path log = Files.createDirectories(directory).resolve(name + ".log");
            final Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new ChildProcess(name, log, process);
        } catch (final IOException failed) {
            throw new CommandException(
                    ExitCode.IMPOSSIBLE, "cannot start a process: name=" + name + " reason=" + failed.getMessage());
        }
    }

    /**
     * Flags of this JVM, but for agents: a debugger's or a test's belongs to one process.
     *
     * @return as they were given to it
     */
    public static List<String> flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-agentlib")
                        && !flag.startsWith("-javaagent")
                        && !flag.startsWith("-agentpath"))
                .toList();
    }

    /**
     * What its starter calls it.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Number of this process.
     *
     * @return its pid
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Tells the process what to do.
     *
     * @param line without a line feed; kept by the system until the process reads it, also while it is stopped
     */
    public void send(final String line) {
        try {
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (final IOException gone) {
            throw lost("it does not listen: " + gone.getMessage());
        }
    }

    /**
     * Waits for the next line that the process says.
     *
     * @param timeoutMs longest wait in milliseconds
     * @return the line
     * @throws CommandException NOT_REACHABLE if it ended or said nothing
     */
    public String await(final long timeoutMs) {
        try {
            final String line = lines.poll(timeoutMs, TimeUnit.MILLISECONDS);
            if (line == null) {
                throw lost("it said nothing for " + timeoutMs + " ms");
            }
            if (line.equals(END)) {
                lines.add(END);
                throw lost("it ended with exit code " + process.waitFor());
            }
            return line;
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw lost("its starter was interrupted");
        }
    }

    /**
     * The next line, if the process has said one that was not read yet.
     *
     * @return the line; null if there is none
     * @throws CommandException NOT_REACHABLE if it ended
     */
    public String poll() {
        return lines.isEmpty() ? null : await(0);
    }

    /**
     * Whether the process runs, or stands still.
     *
     * @return false once it has ended
     */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Time of the processor's cores that the process has used.
     *
     * @return in nanoseconds, by the system's account; 0 if it has ended
     */
    public long cpuTimeNs() {
        return process.toHandle()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }

    /** Stops the process where it stands, as a long garbage collection would; returns when all its threads stand still. */
    public void suspend() {
        signal("STOP");
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_TIMEOUT_SECONDS);
        while (!isStopped()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw lost("it does not stop after kill -STOP");
            }
            LockSupport.parkNanos(STOP_POLL_INTERVAL_NS);
        }
    }

    /** The signal is only sent when kill returns; a thread on a busy core may run on for a while. */
    private boolean isStopped() {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid()), "task"))) {
            return threads.allMatch(ChildProcess::isThreadStopped);
        } catch (final IOException gone) {
            throw lost("its threads cannot be listed: " + gone.getMessage());
        }
    }

    private static boolean isThreadStopped(final Path thread) {
        try {
            final String stat = Files.readString(thread.resolve("stat"));
            // The state follows the name, which stands in brackets and may hold anything.
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (final IOException ended) {
            return true;
        }
    }

    /** Lets the process go on. */
    public void resume() {
        signal("CONT");
    }

    /** kill -9: the process gets no chance to do anything more. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks the process to end, also one that stands still, and makes it. */
    @Override
    public void close() {
        process.destroy();
        if (process.isAlive()) {
            trySignal("CONT");
        }
        if (!awaitEnd()) {
            kill();
        }
    }

    private void signal(final String signal) {
        if (!trySignal(signal)) {
            throw lost("kill -" + signal + " failed");
        }
    }

    private boolean trySignal(final String signal) {
        try {
            final Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(new File("/dev/null"))
                    .start();
            return kill.waitFor() == 0;
        } catch (final IOException failed) {
            return false;
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean awaitEnd() {
        try {
            return process.waitFor(END_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void readLines() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (final IOException ended) {
            lines.add(END);
            return;
        }
        lines.add(END);
    }

    private CommandException lost(final String reason) {
        return new CommandException(
                ExitCode.NOT_REACHABLE,
                "a process failed: name=" + name + " pid=" + pid() + " reason=" + reason + lastWords());
    }

    private String lastWords() {
        try {
            final List<String> said = Files.readAllLines(log);
            return said.isEmpty() ? "" : "; its last words: " + said.get(said.size() - 1);
        } catch (final IOException unreadable) {
            return "";
        }
    }
}
