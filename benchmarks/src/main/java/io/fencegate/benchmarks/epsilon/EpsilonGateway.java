package io.fencegate.benchmarks.epsilon;

import io.fencegate.app.Fencegate;
import io.fencegate.app.cli.CommandException;
import io.fencegate.app.config.Settings;
import io.fencegate.app.process.ChildProcess;
import io.fencegate.app.process.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;

/**
 * The shipped role {@code gateway} in a JVM that never collects, and the shipped role {@code driver} beside it in a process
 * of its own, with the settings that both have if nobody says otherwise. The gateway's JVM has this one's flags but for
 * those of its memory and collector. Both end with this process.
 *
 * <p>One thread.
 */
final class EpsilonGateway implements AutoCloseable {
    /** Heap of the gateway, in MiB. */
    static final int HEAP_MIB = 128;

    private static final int HEAP_STEPS = 1280;
    private static final long READY_TIMEOUT_MS = 60_000;
    private static final String OUT_OF_MEMORY = "OutOfMemoryError";

    private final Path directory;
    private final HeapLog heap;
    private final List<ChildProcess> processes = new ArrayList<>();
    private Role driver;
    private Role gateway;

    /**
     * Starts both, and waits until they are ready.
     *
     * @param directory of the system, empty
     */
    EpsilonGateway(final Path directory) {
        this.directory = directory;
        heap = new HeapLog(directory.resolve("heap.log"));
        try {
            driver = start("driver", ChildProcess.flags());
            gateway = start("gateway", flags());
        } catch (final CommandException e) {
            close();
            throw e;
        }
    }

    private Role start(final String role, final List<String> flags) {
        final ChildProcess process = ChildProcess.start(
                role,
                directory.resolve("log"),
                flags,
                List.of(Fencegate.class.getName(), role, "--attached", "--dir", directory.toString()));
        processes.add(0, process);
        return new Role(process, process.await(READY_TIMEOUT_MS));
    }

    private List<String> flags() {
        final List<String> flags = new ArrayList<>();
        for (final String flag : ChildProcess.flags()) {
            if (flag.startsWith("-D") || flag.startsWith("--")) {
                flags.add(flag);
            }
        }
        flags.addAll(List.of(
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:+UseEpsilonGC",
                "-Xms" + HEAP_MIB + "m",
                "-Xmx" + HEAP_MIB + "m",
                "-XX:+AlwaysPreTouch",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:EpsilonPrintHeapSteps=" + HEAP_STEPS,
                heap.flag()));
        return flags;
    }

    /** Directory of the media driver. */
    String aeronDirectory() {
        return driver.endpoint(Settings.CLIENT_AERON_DIRECTORY);
    }

    /** Channel of the gateway. */
    String channel() {
        return gateway.endpoint(Settings.CLIENT_GATEWAY_CHANNEL);
    }

    /** What the gateway's JVM tells of its heap. */
    HeapLog heap() {
        return heap;
    }

    /** Whether the gateway runs. */
    boolean isAlive() {
        return gateway.process().isAlive();
    }

    /** What a gateway that has ended said at last, with its exit code. */
    String lastWords() {
        final StringBuilder words = new StringBuilder();
        try {
            while (true) {
                words.append(gateway.process().await(READY_TIMEOUT_MS)).append("; ");
            }
        } catch (final CommandException ended) {
            return words.append(ended.getMessage()).toString();
        }
    }

    /** Whether it ended because its heap was full. */
    static boolean isOutOfMemory(final String lastWords) {
        return lastWords.contains(OUT_OF_MEMORY);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(processes);
    }
}
