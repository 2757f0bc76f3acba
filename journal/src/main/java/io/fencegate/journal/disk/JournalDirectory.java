package io.fencegate.journal.disk;

import io.fencegate.journal.recovery.JournalForeignException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where in a journal's directory everything stands.
 *
 * <pre>
 *   writer.lock            held by the gateway that writes
 *   fence.log              identity, fences, generations, synced position; its presence makes this a journal
 *   fence.log.new          a compaction under way; worthless once its writer is gone
 *   gen-000000000001/      one Chronicle queue per generation, never appended to by a later one
 *   gen-000000000002/
 *   aside/                 copies of what was cut
 * </pre>
 *
 * <p>Immutable; any thread.
 */
public final class JournalDirectory {
    private static final Pattern GENERATION = Pattern.compile("gen-(\\d{12})");
    private static final Set<String> BEFORE_FIRST_START = Set.of("writer.lock", "fence.log.new");

    private final Path root;

    /**
     * Names the directory; touches nothing.
     *
     * @param root of the journal
     */
    public JournalDirectory(final Path root) {
        this.root = root;
    }

    /** The directory itself. @return its path */
    public Path root() {
        return root;
    }

    /** Held by the gateway that writes. @return path of the lock file */
    public Path writerLock() {
        return root.resolve("writer.lock");
    }

    /** Identity, fences, generations and synced position. @return path of the fence log */
    public Path fenceLog() {
        return root.resolve("fence.log");
    }

    /** Copies of what was cut. @return path of the directory */
    public Path aside() {
        return root.resolve("aside");
    }

    /**
     * Queue of a generation.
     *
     * @param generation from 1
     * @return path of its directory
     */
    public Path generation(final long generation) {
        return root.resolve(String.format("gen-%012d", generation));
    }

    /**
     * Generations that have a directory.
     *
     * @return their numbers, rising
     */
    public List<Long> generations() {
        return list(root).stream()
                .map(path -> GENERATION.matcher(path.getFileName().toString()))
                .filter(Matcher::matches)
                .map(matcher -> Long.parseLong(matcher.group(1)))
                .sorted()
                .toList();
    }

    /**
     * Files of a generation's queue, without its metadata.
     *
     * @param generation from 1
     * @return their paths in the order in which they were written; empty if there is no such directory
     */
    public List<Path> cycleFiles(final long generation) {
        final Path directory = generation(generation);
        return Files.isDirectory(directory)
                ? list(directory).stream()
                        .filter(path -> path.getFileName().toString().endsWith(".cq4"))
                        .toList()
                : List.of();
    }

    /**
     * Whether a journal was ever made here.
     *
     * @return false if the directory is missing, or holds nothing that a first start could not have left
     * @throws JournalForeignException if it holds something else, or cannot be read
     */
    public boolean holdsJournal() {
        if (Files.notExists(root)) {
            return false;
        }
        if (!Files.isDirectory(root)) {
            throw new JournalForeignException(root.toString(), "it is not a directory");
        }
        if (Files.exists(fenceLog())) {
            return true;
        }
        for (final Path path : list(root)) {
            if (!BEFORE_FIRST_START.contains(path.getFileName().toString())) {
                throw new JournalForeignException(
                        root.toString(), "there is no fence.log, but found=" + path.getFileName());
            }
        }
        return false;
    }

    /**
     * Brings the names in a directory to disk.
     *
     * @param directory whose entries were changed
     * @throws IOException if the sync failed
     */
    public static void sync(final Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static List<Path> list(final Path directory) {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.sorted().toList();
        } catch (final IOException | UncheckedIOException e) {
            throw new JournalForeignException(directory.toString(), "it cannot be read: " + e);
        }
    }
}
