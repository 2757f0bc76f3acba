package io.fencegate.verification.model;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tlc2.TLC;

/**
 * Runs TLC, the model checker, in a JVM of its own, because it keeps its state in statics and unpacks its modules into
 * the folder for temporary files.
 *
 * <p>Its process ends with the call, whatever happens, and with this JVM. Any thread; each run its own folder.
 */
final class Tlc {
    /** The folder of the modules that are not made by a test. */
    static final Path MODULES = Path.of(System.getProperty("root.directory"), "gateway", "verification", "model");

    private final Path directory;
    private final Duration timeLimit;
    private final List<String> jvmArguments;
    private final int workers;

    private Tlc(final Path directory, final Duration timeLimit, final List<String> jvmArguments, final int workers) {
        this.directory = directory;
        this.timeLimit = timeLimit;
        this.jvmArguments = jvmArguments;
        this.workers = workers;
    }

    /**
     * For some thousand states: what a JVM takes to start is most of it.
     *
     * @param directory of this run, which exists
     * @param timeLimit after which TLC is killed
     * @return the checker, with one worker
     */
    static Tlc quick(final Path directory, final Duration timeLimit) {
        return new Tlc(
                directory, timeLimit, List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-Xss16m"), 1);
    }

    /**
     * For many states.
     *
     * @param directory of this run, which exists
     * @param timeLimit after which TLC is killed
     * @param workers threads that look for states
     * @param heap of its JVM, as in -Xmx
     * @return the checker
     */
    static Tlc steady(final Path directory, final Duration timeLimit, final int workers, final String heap) {
        return new Tlc(directory, timeLimit, List.of("-XX:+UseParallelGC", "-Xmx" + heap, "-Xss16m"), workers);
    }

    /**
     * Checks a module.
     *
     * @param module name of a module that lies in the folder of the modules or in that of this run
     * @param configuration text of its configuration
     * @return what TLC said
     * @throws IOException if the folder cannot be written
     * @throws InterruptedException if the caller is to end; TLC has ended then
     */
    TlcResult check(final String module, final String configuration) throws IOException, InterruptedException {
        copyModules();
        Files.writeString(directory.resolve(module + ".cfg"), configuration);
        final Path temporary = Files.createDirectories(directory.resolve("tmp"));
        stayAtHome();
        final Path output = directory.resolve("out.txt");
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArguments);
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("-Duser.home=" + directory);
        command.addAll(List.of("-cp", jar().toString(), TLC.class.getName()));
        command.addAll(List.of("-workers", Integer.toString(workers), "-metadir", "states"));
        command.addAll(List.of("-config", module + ".cfg", module));
        final Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new TlcResult(await(process), Files.readString(output));
    }

    private int await(final Process process) throws InterruptedException {
        final Thread killer = new Thread(process::destroyForcibly, "kill-tlc");
        Runtime.getRuntime().addShutdownHook(killer);
        try {
            return process.waitFor(timeLimit.toMillis(), TimeUnit.MILLISECONDS)
                    ? process.exitValue()
                    : TlcResult.NOT_ENDED;
        } finally {
            process.destroyForcibly();
            process.onExit().join();
            forget(killer);
        }
    }

    private static void forget(final Thread killer) {
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (final IllegalStateException shuttingDown) {
            // It runs already, and finds nothing to kill.
        }
    }

    private void copyModules() throws IOException {
        try (Stream<Path> files = Files.list(MODULES)) {
            for (final Path file :
                    files.filter(file -> file.toString().endsWith(".tla")).toList()) {
                final Path copy = directory.resolve(file.getFileName());
                if (!Files.exists(copy)) {
                    Files.copy(file, copy);
                }
            }
        }
    }

    /** TLC sends statistics of its use if a file in the user's home agrees to it: here one that does not. */
    private void stayAtHome() throws IOException {
        Files.writeString(Files.createDirectories(directory.resolve(".tlaplus")).resolve("esc.txt"), "NO_STATISTICS");
    }

    private static Path jar() {
        try {
            return new File(TLC.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toPath();
        } catch (final URISyntaxException unreadable) {
            throw new IllegalStateException(
                    "no place of TLC on the class path: " + unreadable.getMessage(), unreadable);
        }
    }
}
