package io.fencegate.sequencer.muster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whose directory this is, and what its log is worth: one small file beside the log's votes, replaced as a whole and
 * synced.
 *
 * <p>Immutable; one thread writes.
 *
 * @param memberId of the node that the directory belongs to
 * @param members of its cluster
 * @param standing of the directory
 * @param incarnation random, never 0; another one after the directory was wiped
 * @param founders incarnation of each member when the cluster was founded; all 0 as long as the directory is not a
 *     member's, or if the cluster is older than this file
 */
public record Membership(int memberId, int members, Standing standing, long incarnation, List<Long> founders) {
    /** Name of the file. */
    public static final String FILE_NAME = "membership";

    private static final String FORMAT = "1";

    /** Freezes the list. */
    public Membership {
        founders = List.copyOf(founders);
        if (founders.size() != members || memberId < 0 || memberId >= members || incarnation == 0) {
            throw new IllegalArgumentException("no membership: memberId=" + memberId + " members=" + members
                    + " founders=" + founders.size() + " incarnation=" + incarnation);
        }
    }

    /**
     * That of a new directory.
     *
     * @param memberId of the node
     * @param members of its cluster
     * @return a membership that stands for nothing yet
     */
    public static Membership fresh(final int memberId, final int members) {
        return new Membership(memberId, members, Standing.EMPTY, newIncarnation(), nobody(members));
    }

    /**
     * The same with another standing.
     *
     * @param other standing
     * @param otherFounders of the cluster
     * @return a copy
     */
    public Membership with(final Standing other, final List<Long> otherFounders) {
        return new Membership(memberId, members, other, incarnation, otherFounders);
    }

    /**
     * Founders of a cluster that is not founded.
     *
     * @param members of the cluster
     * @return zeros
     */
    public static List<Long> nobody(final int members) {
        return Collections.nCopies(members, 0L);
    }

    /**
     * Reads the file.
     *
     * @param folder in which it lies
     * @return the membership, or null if there is no such file
     * @throws IllegalArgumentException if it is damaged, or of a version to come
     * @throws UncheckedIOException if it cannot be read
     */
    public static Membership read(final Path folder) {
        final Path file = folder.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            final Map<String, String> values = new TreeMap<>();
            for (final String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                final int equals = line.indexOf('=');
                values.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
            }
            if (!FORMAT.equals(values.get("format"))) {
                throw new IllegalArgumentException("format=" + values.get("format") + " expected=" + FORMAT);
            }
            final List<Long> founders = new ArrayList<>();
            for (final String founder : values.get("founders").split(",")) {
                founders.add(Long.parseUnsignedLong(founder, 16));
            }
            return new Membership(
                    Integer.parseInt(values.get("memberId")),
                    Integer.parseInt(values.get("members")),
                    Standing.valueOf(values.get("standing")),
                    Long.parseUnsignedLong(values.get("incarnation"), 16),
                    founders);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot be read: file=" + file, e);
        } catch (final RuntimeException damaged) {
            throw new IllegalArgumentException(
                    "says not whose directory this is: file=" + file + " reason=" + damaged.getMessage(), damaged);
        }
    }

    /**
     * Writes the file, so that it is on disk, whole, or not there.
     *
     * @param folder in which it lies; made if missing
     * @throws UncheckedIOException if it cannot be written
     */
    public void write(final Path folder) {
        final String text = "format=" + FORMAT + "\nmemberId=" + memberId + "\nmembers=" + members + "\nstanding="
                + standing + "\nincarnation=" + Long.toHexString(incarnation) + "\nfounders="
                + founders.stream().map(Long::toHexString).collect(Collectors.joining(","))
                + "\n";
        final Path draft = folder.resolve(FILE_NAME + ".new");
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                    draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                final ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(
                    draft,
                    folder.resolve(FILE_NAME),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            sync(folder);
            sync(folder.getParent());
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot be written: file=" + folder.resolve(FILE_NAME), e);
        }
    }

    private static void sync(final Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static long newIncarnation() {
        final long drawn = new SecureRandom().nextLong();
        return drawn == 0 ? 1 : drawn;
    }
}
