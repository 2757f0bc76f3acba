package io.fencegate.app.launch;

import io.aeron.CommonContext;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.driver.exceptions.ActiveDriverException;
import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.config.Configuration;
import java.nio.file.Path;
import java.util.List;
import org.agrona.IoUtil;

/**
 * The media driver of a system.
 *
 * <p>The main thread.
 */
public final class Drivers {
    private Drivers() {}

    /**
     * Where the driver of a system keeps its buffers. Aeron's own setting {@code aeron.dir} goes before ours.
     *
     * @param configuration that may name the shared-memory directory
     * @param directory of the system
     * @return the directory, which may be missing
     */
    public static Path directory(final Configuration configuration, final Path directory) {
        final String configured = System.getProperty(CommonContext.AERON_DIR_PROP_NAME);
        return configured != null
                ? Path.of(configured).toAbsolutePath()
                : SharedMemory.of(configuration).driver(directory);
    }

    /**
     * Starts the driver of a system, with Aeron's own settings. One driver runs in a system's folder: what a killed one
     * left behind is removed.
     *
     * @param configuration that may name the shared-memory directory
     * @param directory of the system
     * @param assembly that closes the driver
     * @return the driver
     * @throws CommandException USAGE if another driver lives there, or there is no space
     */
    public static MediaDriver launch(final Configuration configuration, final Path directory, final Assembly assembly) {
        final boolean isOurs = System.getProperty(CommonContext.AERON_DIR_PROP_NAME) == null;
        if (isOurs) {
            assembly.add(StateDirectory.claim(directory, "driver"));
        }
        final Path aeronDirectory = directory(configuration, directory);
        SharedMemory.require(List.of(aeronDirectory));
        try {
            final MediaDriver driver = assembly.add(MediaDriver.launch(new MediaDriver.Context()
                    .aeronDirectoryName(aeronDirectory.toString())
                    .dirDeleteOnStart(isOurs)
                    .dirDeleteOnShutdown(true)
                    .warnIfDirectoryExists(false)));
            SharedMemory.protect(aeronDirectory);
            return driver;
        } catch (final ActiveDriverException active) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "another media driver lives there: aeronDirectory=" + aeronDirectory
                            + "; stop it, or wait some seconds if it was killed");
        }
    }

    /**
     * Starts a driver for one command, in a folder of its own that goes with it, also where a signal ends the command.
     *
     * @param configuration that may name the shared-memory directory
     * @return the driver
     * @throws CommandException USAGE if there is no space
     */
    public static MediaDriver launchOwn(final Configuration configuration) {
        final Path aeronDirectory = SharedMemory.of(configuration).command();
        SharedMemory.require(List.of(aeronDirectory));
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> IoUtil.delete(aeronDirectory.toFile(), true), "remove-driver-folder"));
        final MediaDriver driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(aeronDirectory.toString())
                .threadingMode(ThreadingMode.SHARED)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
        SharedMemory.protect(aeronDirectory);
        return driver;
    }
}
