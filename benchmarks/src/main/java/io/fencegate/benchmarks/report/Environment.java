package io.fencegate.benchmarks.report;

import io.fencegate.app.cli.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where and with what a run was made: without it a figure says nothing. Immutable.
 *
 * @param processor model of the first core
 * @param cores that this process may use
 * @param kernel release
 * @param jdk name and version
 * @param flags of this JVM, but for the one that says where the sources are
 * @param commit of the sources, with {@code +changes} if they differ from it
 * @param load of the machine when the run began: its average over a minute, threads that run or want to; negative if
 *     unknown
 */
public record Environment(
        String processor, int cores, String kernel, String jdk, List<String> flags, String commit, double load) {
    private static final String UNKNOWN = "unknown";
    private static final String HOME = "fencegate.home";

    /** Looks around. @return this machine, this JVM, and these sources */
    public static Environment look() {
        return new Environment(
                processorModel(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(flag -> !flag.startsWith("-D" + HOME + "="))
                        .toList(),
                commitOf(System.getProperty(HOME, ".")),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** For programs. @return one object */
    public JsonObject toJson() {
        return new JsonObject()
                .put("processor", processor)
                .put("cores", cores)
                .put("kernel", kernel)
                .put("jdk", jdk)
                .put("flags", flags)
                .put("commit", commit)
                .put("load", load);
    }

    private static String processorModel() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (final IOException ignored) {
            return UNKNOWN;
        }
    }

    private static String commitOf(final String directory) {
        final String commit = git(directory, "rev-parse", "--short=12", "HEAD");
        if (commit.isEmpty()) {
            return UNKNOWN;
        }
        return git(directory, "status", "--porcelain").isEmpty() ? commit : commit + "+changes";
    }

    private static String git(final String directory, final String... words) {
        final String[] command = new String[words.length + 3];
        command[0] = "git";
        command[1] = "-C";
        command[2] = directory;
        System.arraycopy(words, 0, command, 3, words.length);
        try {
            final Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? output : "";
        } catch (final IOException noGit) {
            return "";
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
