package io.fencegate.app.distribution;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A terminal as a user has it: one shell, which is given blocks of commands and keeps its variables and its jobs. Its
 * PATH holds a few common tools and neither Maven nor Java. At the close it and all its jobs end, however far it came.
 */
final class Shell implements AutoCloseable {
    private static final List<String> TOOLS = List.of(
            "bash",
            "cat",
            "chmod",
            "cksum",
            "cp",
            "dirname",
            "find",
            "grep",
            "gzip",
            "head",
            "ls",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sh",
            "sleep",
            "sync",
            "tar",
            "touch",
            "tr",
            "wc");
    private static final String END = "end-of-" + UUID.randomUUID();

    private final Process process;
    private final OutputStream input;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Shell(final Process process) {
        this.process = process;
        input = process.getOutputStream();
        final Thread reader = new Thread(this::readLines, "output-of-shell");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Opens a terminal.
     *
     * @param directory where it stands
     * @param tools a new folder for the tools on its PATH
     * @param variables besides PATH, HOME and JAVA_HOME
     */
    static Shell open(final Path directory, final Path tools, final Map<String, String> variables) throws IOException {
        Files.createDirectories(tools);
        for (final String tool : TOOLS) {
            Files.createSymbolicLink(tools.resolve(tool), which(tool));
        }
        final ProcessBuilder builder = new ProcessBuilder(tools.resolve("bash").toString(), "--noprofile", "--norc")
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(variables);
        final Shell shell = new Shell(builder.start());
        shell.send("set -e -o pipefail; trap 'kill -9 $(jobs -p) 2>/dev/null || true' EXIT");
        return shell;
    }

    /**
     * Runs commands to their end.
     *
     * @param commands any number of lines
     * @param timeoutSeconds for all of them
     * @return what they printed, on both streams
     * @throws AssertionError if one failed, or they did not end
     */
    List<String> run(final String commands, final long timeoutSeconds) throws IOException, InterruptedException {
        send(commands + "\necho " + END);
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        final List<String> printed = new ArrayList<>();
        while (true) {
            final String line = lines.poll(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AssertionError("no end after " + timeoutSeconds + " s: " + commands + "\n" + printed);
            }
            if (line.isEmpty() && !process.isAlive() && lines.isEmpty()) {
                throw new AssertionError("failed: " + commands + "\n" + String.join("\n", printed));
            }
            if (line.equals(END)) {
                return printed;
            }
            printed.add(line);
        }
    }

    @Override
    public void close() throws IOException {
        final List<ProcessHandle> jobs = process.descendants().toList();
        jobs.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void send(final String text) throws IOException {
        input.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    private void readLines() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
            process.waitFor();
        } catch (final IOException | InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
        lines.add("");
    }

    private static Path which(final String tool) {
        for (final String folder : List.of("/bin", "/usr/bin")) {
            if (Files.isExecutable(Path.of(folder, tool))) {
                return Path.of(folder, tool);
            }
        }
        throw new AssertionError("tool is missing: " + tool);
    }
}
