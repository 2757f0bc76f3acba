package io.fencegate.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.fencegate.journal.recovery.JournalCorruptException;
import io.fencegate.journal.recovery.JournalForeignException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One byte changed anywhere in a journal of two generations, the second of which was killed: the damage is found, or it
 * lies where nothing is kept. Never is anything else told as if it had been written.
 */
class JournalDamageTest {
    private static final long SEED = 4711;
    private static final int FLIPS = 250;
    private static final int WRITES = 12;

    /** What became of one changed byte. */
    private enum Outcome {
        CORRUPT,
        FOREIGN,
        CUT,
        HARMLESS
    }

    @TempDir
    Path temporary;

    private final JournalRig rig = new JournalRig();
    private Path template;
    private List<String> toldIntact;
    private int toldSynced;

    @BeforeEach
    void makeAJournalThatWasKilled() throws IOException {
        final Path source = temporary.resolve("source");
        template = temporary.resolve("template");
        try (Journal journal = rig.openTold(source)) {
            rig.raise(journal, 0, "orders", 11);
            for (int i = 1; i <= WRITES; i++) {
                rig.write(journal, 0, 11, i, "payload " + i);
            }
            rig.raise(journal, 1, "stock", 12);
        }
        try (Journal journal = rig.openTold(source)) {
            rig.raise(journal, 1, "stock", 13);
            for (int i = 1; i <= WRITES; i++) {
                rig.write(journal, 1, 13, i, "after the restart " + i);
                if (i == WRITES / 2) {
                    journal.sync();
                }
            }
            // As kill -9 would leave it: the writer has not closed.
            copy(source, template);
        }
        final Path copy = temporary.resolve("intact");
        copy(template, copy);
        try (Journal journal = rig.openTold(copy)) {
            assertEquals(3, journal.generation());
            toldIntact = List.copyOf(rig.told);
        }
        toldSynced = toldIntact.size() - WRITES / 2;
        delete(copy);
    }

    @Test
    @Timeout(600)
    void aChangedByteIsFoundOrHarmless() throws IOException {
        final Random random = new Random(SEED);
        final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        final List<Path> files = filesOf(template);
        final Path scratch = temporary.resolve("scratch");
        for (int flip = 0; flip < FLIPS; flip++) {
            copy(template, scratch);
            final Path file = scratch.resolve(template.relativize(files.get(random.nextInt(files.size()))));
            final long offset = flipOneByte(file, random);
            final String story = "flip=" + flip + " file=" + scratch.relativize(file) + " offset=" + offset;
            outcomes.merge(outcomeOf(scratch, story), 1, Integer::sum);
            delete(scratch);
        }
        assertTrue(outcomes.getOrDefault(Outcome.CORRUPT, 0) > FLIPS / 10, outcomes::toString);
        assertTrue(outcomes.containsKey(Outcome.FOREIGN), outcomes::toString);
        assertTrue(outcomes.containsKey(Outcome.CUT), outcomes::toString);
        assertTrue(outcomes.containsKey(Outcome.HARMLESS), outcomes::toString);
    }

    private Outcome outcomeOf(final Path scratch, final String story) {
        boolean intact = false;
        try {
            intact = JournalVerifier.verify(scratch).isIntact();
        } catch (final JournalForeignException expected) {
            // judged below by the start of a gateway
        }
        try (Journal journal = rig.openTold(scratch)) {
            if (journal.recovered().cut() != null) {
                assertTrue(rig.told.size() >= toldSynced, story + " lost what was synced: " + rig.told);
                assertEquals(toldIntact.subList(0, rig.told.size()), rig.told, story);
                return Outcome.CUT;
            }
            assertEquals(toldIntact, rig.told, story);
            assertTrue(intact, story + " is harmless to a start, but not to an audit");
            return Outcome.HARMLESS;
        } catch (final JournalCorruptException e) {
            assertFalse(intact, story + " stops a start, but an audit calls it intact: " + e.getMessage());
            return Outcome.CORRUPT;
        } catch (final JournalForeignException e) {
            return Outcome.FOREIGN;
        } catch (final RuntimeException e) {
            return fail(story, e);
        }
    }

    /** Changes a byte that is in use, mostly; or any byte. */
    private static long flipOneByte(final Path file, final Random random) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
            while (bytes.hasRemaining()) {
                assertTrue(channel.read(bytes) > 0);
            }
            int offset = random.nextInt(bytes.capacity());
            if (random.nextInt(10) > 0) {
                while (bytes.get(offset) == 0) {
                    offset = (offset + 1) % bytes.capacity();
                    if (offset % 512 == 0) {
                        offset = random.nextInt(bytes.capacity());
                    }
                }
            }
            final byte changed = (byte) (bytes.get(offset) ^ 1 << random.nextInt(8));
            assertEquals(1, channel.write(ByteBuffer.wrap(new byte[] {changed}), offset));
            return offset;
        }
    }

    private static List<Path> filesOf(final Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile)
                    .filter(path -> !path.endsWith("writer.lock"))
                    .sorted()
                    .toList();
        }
    }

    private static void copy(final Path source, final Path target) throws IOException {
        try (Stream<Path> paths = Files.walk(source)) {
            for (final Path path : new ArrayList<>(paths.toList())) {
                final Path copy = target.resolve(source.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
    }

    private static void delete(final Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(final Path directory, final IOException e) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
