package io.fencegate.benchmarks.throughput;

import io.fencegate.codecs.JournalLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a disk has room for what a rig is about to write: asked before, because a full disk measures nothing. */
public final class Room {
    /** Left alone, as the gateway does, and as much again for whatever else lives there. */
    private static final long RESERVE_LENGTH = 512L << 20;

    /** What a record costs beside its own length: the queue's header and padding, and its share of the index. */
    private static final int RECORD_OVERHEAD_LENGTH = 16;

    private final Disk disk;

    /** Tells how much of a disk is free. */
    @FunctionalInterface
    public interface Disk {
        /**
         * Free space.
         *
         * @param directory on the disk
         * @return bytes that this process may write
         * @throws IOException if it cannot be told
         */
        long free(Path directory) throws IOException;
    }

    /**
     * Room on a disk.
     *
     * @param disk that is asked
     */
    public Room(final Disk disk) {
        this.disk = disk;
    }

    /** Room on the real disk. @return which asks the system */
    public static Room ofSystem() {
        return new Room(directory -> Files.getFileStore(directory).getUsableSpace());
    }

    /**
     * What journaled writes take.
     *
     * @param writes how many
     * @param messageLength bytes of each that a user wants written
     * @return bytes on disk
     */
    public static long journaled(final long writes, final int messageLength) {
        return writes * (JournalLimits.ACCEPTED_FIXED_LENGTH + messageLength + RECORD_OVERHEAD_LENGTH);
    }

    /**
     * Whether it fits.
     *
     * @param directory that will be written to, made if it is not there
     * @param length bytes that will be there at a time, at most
     * @return nothing if it fits, else the reason why not
     * @throws IOException if it cannot be told
     */
    public Optional<String> lacks(final Path directory, final long length) throws IOException {
        Files.createDirectories(directory);
        final long free = disk.free(directory);
        final long needed = length + RESERVE_LENGTH;
        return free >= needed
                ? Optional.empty()
                : Optional.of("the disk has no room: needed=" + needed + " bytes, free=" + free + " bytes, directory="
                        + directory + "; choose another with --dir");
    }
}
