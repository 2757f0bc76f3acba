package io.fencegate.benchmarks.ipc;

import io.aeron.driver.MediaDriver;
import io.fencegate.benchmarks.rig.Blocks;
import io.fencegate.benchmarks.rig.Comparison;
import io.fencegate.benchmarks.rig.Idling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The gateway's round trip over IPC beside its floor: starts both, measures, and leaves nothing behind. */
public final class IpcRig {
    private IpcRig() {}

    /**
     * Measures. The calling thread is the client of both subjects.
     *
     * @param parent of the directory that holds both journals while it runs
     * @param messageLength bytes that a user wants to have written, at least 16
     * @param idling of both threads of a subject
     * @param size of the run
     * @return what each block took
     * @throws IOException if no directory can be made
     * @throws io.fencegate.benchmarks.rig.WrongAnswerException if any answer is not the right one
     */
    public static Comparison run(final Path parent, final int messageLength, final Idling idling, final RunSize size)
            throws IOException {
        Files.createDirectories(parent);
        final Path directory = Files.createTempDirectory(parent, "fencegate-bench-");
        try (MediaDriver driver = RigDriver.launch();
                LeaveNothing files = new LeaveNothing(directory, Path.of(driver.aeronDirectoryName()))) {
            final RigConfig config = new RigConfig(driver.aeronDirectoryName(), directory, messageLength, idling);
            try (IpcFloor floor = new IpcFloor(config);
                    GatewayRoundTrip gateway = new GatewayRoundTrip(config)) {
                return new Blocks(size.messages()).run(gateway, floor, size.warmups(), size.blocks());
            } finally {
                files.deleteFirst();
            }
        }
    }

    /**
     * How much is measured. Immutable.
     *
     * @param warmups blocks of each subject that are not counted
     * @param blocks of each subject that are, at least 1
     * @param messages in a block, at least 1
     */
    public record RunSize(int warmups, int blocks, int messages) {}
}
