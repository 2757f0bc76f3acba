package io.fencegate.app.session;

import io.fencegate.app.Await;
import io.fencegate.app.CtrlC;
import io.fencegate.app.Fencegate;
import io.fencegate.app.cli.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of a shell as the page needs, with {@code fencegate} in it: variables, {@code echo TEXT |}, {@code | head -1},
 * {@code echo $?}. Commands that go on until they are told to end, and those that run programs, are processes of their
 * own; the others run in this one.
 */
final class Shell implements AutoCloseable {
    /** Where the page says that the state lies. */
    private static final String HOME = "/home/you/.local/state";

    private static final Pattern ASSIGNED = Pattern.compile("([A-Z]\\w*)=\\$\\((.*)\\)");
    private static final Pattern FED = Pattern.compile("echo (\\w+) \\| (.*)");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)");
    private static final Map<String, String> LASTING = Map.of("up", "READY", "watch", "WATCHING");
    private static final String FIRST_LINE = " | head -1";

    private final Map<String, Path> outputs = new LinkedHashMap<>();
    private final Map<String, Process> lasting = new LinkedHashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private final Path directory;
    private int exitCode;

    /** A shell whose state, files and programs lie in a directory of its own. */
    Shell(final Path directory) throws IOException {
        this.directory = directory;
        final Path program = Files.createDirectories(directory.resolve("bin")).resolve("fencegate");
        Files.writeString(program, "#!/bin/sh\nexec " + String.join(" ", java()) + " \"$@\"\n");
        if (!program.toFile().setExecutable(true)) {
            throw new IOException("not executable: " + program);
        }
    }

    /** Runs a line. Returns what it printed; of a command that goes on, what it printed until it was ready. */
    String run(final String line) throws IOException, InterruptedException {
        final Matcher assigned = ASSIGNED.matcher(line);
        if (assigned.matches()) {
            variables.put(assigned.group(1), run(assigned.group(2)).strip());
            return "";
        }
        if (line.equals("echo $?")) {
            return exitCode + "\n";
        }
        final Matcher fed = FED.matcher(line);
        if (fed.matches()) {
            return printed(words(fed.group(2)), fed.group(1) + "\n");
        }
        if (line.endsWith(FIRST_LINE)) {
            return run(line.substring(0, line.length() - FIRST_LINE.length()))
                            .lines()
                            .findFirst()
                            .orElse("") + "\n";
        }
        final List<String> words = words(line);
        if (LASTING.containsKey(words.get(1))) {
            start(line, words);
            return awaited(line, LASTING.get(words.get(1)));
        }
        return words.get(1).equals("lock") ? printedByProcess(words) : printed(words, "");
    }

    /** What a command that goes on has printed by now, once it has printed so many lines, without its end. */
    List<String> printedBy(final String line, final int count) throws IOException {
        Await.until(
                () -> Prints.lasting(text(line)).size() >= count,
                () -> "fewer lines than " + count + ": " + line + ", see file=" + outputs.get(line));
        return Prints.lasting(text(line));
    }

    /** Ctrl-C for a command that goes on. Returns its exit code. */
    int interrupt(final String line) throws IOException, InterruptedException {
        final Process process = lasting.remove(line);
        new ProcessBuilder("/bin/sh", "-c", "kill -s " + CtrlC.SIGNAL + " " + process.pid())
                .start()
                .waitFor();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("does not end: " + line + ": " + text(line));
        }
        return process.exitValue();
    }

    /** Whether a command goes on until it is told to end. */
    boolean isLasting(final String line) {
        return outputs.containsKey(line);
    }

    @Override
    public void close() {
        for (final Process process : lasting.values()) {
            process.destroy();
            try {
                if (!process.waitFor(60, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (final InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String printed(final List<String> words, final String input) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final PrintStream both = new PrintStream(out, true, StandardCharsets.UTF_8);
        exitCode = Fencegate.run(
                new Terminal(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), both, both, environment()),
                words.subList(1, words.size()).toArray(String[]::new));
        return shown(out.toString(StandardCharsets.UTF_8));
    }

    private String printedByProcess(final List<String> words) throws IOException, InterruptedException {
        final Path output = Files.createTempFile(directory, "out", ".log");
        final Process process = builder(words).redirectOutput(output.toFile()).start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        exitCode = process.exitValue();
        return shown(Files.readString(output));
    }

    private void start(final String line, final List<String> words) throws IOException {
        final Path output = Files.createTempFile(directory, "out", ".log");
        outputs.put(line, output);
        lasting.put(line, builder(words).redirectOutput(output.toFile()).start());
    }

    private String awaited(final String line, final String word) throws IOException {
        final Process process = lasting.get(line);
        Await.until(
                () -> hasPrinted(line, word) || !process.isAlive(),
                () -> "gets neither ready nor to its end: " + line + ", see file=" + outputs.get(line));
        if (!hasPrinted(line, word)) {
            throw new AssertionError("does not get ready: " + line + ": " + text(line));
        }
        return text(line);
    }

    private boolean hasPrinted(final String line, final String word) throws IOException {
        return text(line).lines().anyMatch(printed -> printed.startsWith(word));
    }

    private String text(final String line) throws IOException {
        return shown(Files.readString(outputs.get(line)));
    }

    private ProcessBuilder builder(final List<String> words) {
        final List<String> command = new ArrayList<>(java());
        command.addAll(words.subList(1, words.size()));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment());
        return builder;
    }

    private Map<String, String> environment() {
        return Map.of(
                "XDG_STATE_HOME", directory.toString(), "PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
    }

    private List<String> words(final String line) {
        final List<String> words = new ArrayList<>();
        final Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                words.add(matcher.group(1));
            } else {
                words.add(expanded(matcher.group(2) != null ? matcher.group(2) : matcher.group(3)));
            }
        }
        return words;
    }

    private String expanded(final String word) {
        final String text = word.replaceFirst("^~/\\.local/state", Matcher.quoteReplacement(directory.toString()));
        return VARIABLE.matcher(text).replaceAll(found -> variables.getOrDefault(found.group(1), found.group()));
    }

    private String shown(final String text) {
        return text.replace(directory.toString(), HOME);
    }

    private static List<String> java() {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!flag.startsWith("-javaagent") && !flag.startsWith("-agent")) {
                command.add(flag);
            }
        }
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Fencegate.class.getName()));
        return command;
    }
}
