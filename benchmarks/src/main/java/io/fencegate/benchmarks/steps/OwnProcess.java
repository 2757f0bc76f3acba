package io.fencegate.benchmarks.steps;

import io.fencegate.benchmarks.rig.Run;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of ours in a JVM of its own, which never outlives the call. The rig's thread. */
final class OwnProcess {
    private static final long DEADLINE_S = 300;
    private static final long LOOK_MS = 100;

    private OwnProcess() {}

    /**
     * Runs it to its end.
     *
     * @param flags of the JVM beside those that this one was started with to open modules
     * @param program with a main method
     * @param arguments of it
     * @param run that it belongs to: when that is stopped, so is the process
     * @return the last line that it printed; null if it was stopped
     * @throws IOException if it fails, or does not end
     */
    static String lineOf(final List<String> flags, final Class<?> program, final List<String> arguments, final Run run)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add-") || flag.startsWith("-Dchronicle."))
                .forEach(command::add);
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
            while (!process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
                if (run.isStopped()) {
                    return null;
                }
                if (System.nanoTime() - deadlineNs > 0) {
                    throw new IOException(
                            "the process does not end: program=" + program.getSimpleName() + " seconds=" + DEADLINE_S);
                }
            }
            final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.exitValue() != 0 || said.isEmpty()) {
                throw new IOException("the process failed: program=" + program.getSimpleName() + " exitCode="
                        + process.exitValue() + " said=" + said);
            }
            return said.substring(said.lastIndexOf('\n') + 1);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
