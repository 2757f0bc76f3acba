package io.fencegate.app.launch;

import io.aeron.CommonContext;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.exceptions.ActiveDriverException;
import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The media driver of a system.
 *
 * <p>The main thread.
 */
public final class Drivers {
    private static final Path MEMORY = Path.of("/dev/shm");

    private Drivers() {}

    /**
     * Where the driver of a system keeps its buffers: in memory where the machine has such a directory, and always the
     * same for the same system. Aeron's own setting {@code aeron.dir} goes before it.
     *
     * @param directory of the system
     * @return the directory, which may be missing
     */
    public static Path directory(final Path directory) {
        final String configured = System.getProperty(CommonContext.AERON_DIR_PROP_NAME);
        if (configured != null) {
            return Path.of(configured).toAbsolutePath();
        }
        return inMemory("driver", directory);
    }

    /**
     * Where the driver of one node of a deployed sequencer keeps its buffers.
     *
     * @param directory of the sequencer
     * @param node its number
     * @return the directory, which may be missing
     */
    public static Path nodeDirectory(final Path directory, final int node) {
        return inMemory("node" + node, directory);
    }

    private static Path inMemory(final String kind, final Path directory) {
        final byte[] path = directory.toString().getBytes(StandardCharsets.UTF_8);
        final CRC32C crc = new CRC32C();
        crc.update(path, 0, path.length);
        final Path parent = Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        return parent.resolve("fencegate-" + kind + "-" + Long.toHexString(crc.getValue()));
    }

    /**
     * Starts the driver of a system, with Aeron's own settings. One driver runs in a system's folder: what a killed one
     * left behind is removed.
     *
     * @param directory of the system
     * @param assembly that closes the driver
     * @return the driver
     * @throws CommandException USAGE if another driver lives there
     */
    public static MediaDriver launch(final Path directory, final Assembly assembly) {
        final boolean isOurs = System.getProperty(CommonContext.AERON_DIR_PROP_NAME) == null;
        if (isOurs) {
            assembly.add(StateDirectory.claim(directory, "driver"));
        }
        final Path aeronDirectory = directory(directory);
        try {
            return assembly.add(MediaDriver.launch(new MediaDriver.Context()
                    .aeronDirectoryName(aeronDirectory.toString())
                    .dirDeleteOnStart(isOurs)
                    .dirDeleteOnShutdown(true)
                    .warnIfDirectoryExists(false)));
        } catch (final ActiveDriverException active) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "another media driver lives there: aeronDirectory=" + aeronDirectory
                            + "; stop it, or wait some seconds if it was killed");
        }
    }
}
