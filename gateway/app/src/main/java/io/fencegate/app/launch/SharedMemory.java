package io.fencegate.app.launch;

import io.aeron.CncFileDescriptor;
import io.aeron.driver.MediaDriver;
import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The folder in memory where the media drivers of a system keep their buffers, one folder for each driver, always the
 * same for the same system:
 *
 * <pre>
 *   fencegate-driver-CRC            of a gateway and the clients of its machine
 *   fencegate-sequencer-CRC-node0   of a node of a sequencer within one process
 *   fencegate-node0-CRC             of a node of a deployed sequencer
 * </pre>
 *
 * <p>The main thread.
 */
public final class SharedMemory {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long MIB = 1L << 20;

    /** Logs of some clients' requests and answers, or of a node's traffic with the others. */
    private static final long LOGS_LENGTH = 16 * MIB;

    private final Path parent;

    private SharedMemory(final Path parent) {
        this.parent = parent;
    }

    /**
     * The folder that the configuration names.
     *
     * @param configuration that may leave the choice to us
     * @return the folder
     */
    public static SharedMemory of(final Configuration configuration) {
        return new SharedMemory(configuration
                .get(Settings.MEMORY_DIRECTORY)
                .orElseGet(() -> Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"))));
    }

    /**
     * Where the driver of a gateway and its clients keeps its buffers.
     *
     * @param directory of the system
     * @return the driver's folder, which may be missing
     */
    public Path driver(final Path directory) {
        return parent.resolve("fencegate-driver-" + crc(directory));
    }

    /**
     * Where the nodes of a sequencer within one process keep theirs: the path to which each node's number is added.
     *
     * @param directory of the sequencer
     * @return the path without {@code -node0}
     */
    public Path embeddedNodes(final Path directory) {
        return parent.resolve("fencegate-sequencer-" + crc(directory));
    }

    /**
     * Where the driver of one node of a deployed sequencer keeps its buffers.
     *
     * @param directory of the sequencer
     * @param node its number
     * @return the driver's folder, which may be missing
     */
    public Path deployedNode(final Path directory, final int node) {
        return parent.resolve("fencegate-node" + node + "-" + crc(directory));
    }

    /**
     * Where the driver of one command keeps its buffers.
     *
     * @return a folder of a name that nothing else has
     */
    Path command() {
        return parent.resolve("fencegate-command-" + UUID.randomUUID());
    }

    /**
     * The folders of all nodes of a sequencer that are there.
     *
     * @param directory of the sequencer
     * @return in the order of their names
     */
    public List<Path> nodes(final Path directory) {
        final String crc = crc(directory);
        final Pattern ours = Pattern.compile("fencegate-sequencer-" + crc + "-node\\d|fencegate-node\\d-" + crc);
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(entry ->
                            ours.matcher(entry.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (final IOException missing) {
            return List.of();
        }
    }

    /**
     * Checks that drivers have room, before the first of them is launched: without room a driver dies of a bus error.
     * What an earlier run left behind is removed by its successor and counts as free.
     *
     * @param aeronDirectories of the drivers that will be launched
     * @throws CommandException USAGE if there is not enough space, with what is needed and what is free
     */
    public static void require(final List<Path> aeronDirectories) {
        final long needed = aeronDirectories.size() * driverLength();
        final Path place = aeronDirectories.get(0).getParent();
        try {
            Files.createDirectories(place);
            for (final Path aeronDirectory : aeronDirectories) {
                requireOurs(aeronDirectory);
            }
            long free = Files.getFileStore(place).getUsableSpace();
            for (final Path aeronDirectory : aeronDirectories) {
                free += length(aeronDirectory);
            }
            if (free < needed) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "no space in the shared-memory directory: dir=" + place + " needed=" + needed / MIB
                                + "m free=" + free / MIB + "m drivers=" + aeronDirectories.size()
                                + "; free some, enlarge it (mount -o remount,size=512m " + place
                                + ", or docker run --shm-size=512m), or set memory.directory to another folder");
            }
        } catch (final IOException unusable) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "cannot use the shared-memory directory: dir=" + place + " reason="
                            + unusable.getClass().getSimpleName() + ": " + unusable.getMessage()
                            + "; set memory.directory to another folder");
        }
    }

    /**
     * A driver empties its folder at its start, links in it included. The folder's name is known to all, and its parent is
     * open to all: what somebody else has put there is not touched.
     */
    private static void requireOurs(final Path aeronDirectory) throws IOException {
        if (!Files.exists(aeronDirectory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        final Object owner = Files.getAttribute(aeronDirectory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!Files.isDirectory(aeronDirectory, LinkOption.NOFOLLOW_LINKS)
                || !owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                || permissions(aeronDirectory).contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the media driver's folder is not ours alone, and would be emptied: dir=" + aeronDirectory
                            + " ownerUid=" + owner + "; see who made it and remove it, or set memory.directory to a"
                            + " folder that only you can write");
        }
    }

    /**
     * Closes a driver's folder to others, since seals pass through it. A group that may write it shares the driver on
     * purpose (a umask of 0007), and keeps it.
     *
     * @param aeronDirectory of a driver that was just launched
     * @throws CommandException USAGE if that cannot be done
     */
    static void protect(final Path aeronDirectory) {
        try {
            final boolean isShared = permissions(aeronDirectory).contains(PosixFilePermission.GROUP_WRITE);
            Files.setPosixFilePermissions(
                    aeronDirectory, PosixFilePermissions.fromString(isShared ? "rwxrwx---" : "rwx------"));
        } catch (final IOException unusable) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "cannot close the media driver's folder to others: dir=" + aeronDirectory + " reason="
                            + unusable.getMessage() + "; set memory.directory to another folder");
        }
    }

    private static Set<PosixFilePermission> permissions(final Path directory) throws IOException {
        return Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
    }

    /** What a driver takes at its start, and room for logs. */
    private static long driverLength() {
        final MediaDriver.Context context = new MediaDriver.Context();
        final int values = context.counterValuesBufferLength();
        return CncFileDescriptor.META_DATA_LENGTH
                + context.conductorBufferLength()
                + context.toClientsBufferLength()
                + 4L * values
                + values
                + context.errorBufferLength()
                + context.lossReportBufferLength()
                + LOGS_LENGTH;
    }

    private static long length(final Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(Path::toFile)
                    .filter(java.io.File::isFile)
                    .mapToLong(java.io.File::length)
                    .sum();
        }
    }

    private static String crc(final Path directory) {
        final byte[] path = directory.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
        final CRC32C crc = new CRC32C();
        crc.update(path, 0, path.length);
        return Long.toHexString(crc.getValue());
    }
}
