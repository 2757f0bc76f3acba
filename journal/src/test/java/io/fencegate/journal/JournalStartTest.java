package io.fencegate.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.codecs.journal.FenceLogHeaderDecoder;
import io.fencegate.journal.recovery.Cut;
import io.fencegate.journal.recovery.JournalCorruptException;
import io.fencegate.journal.recovery.JournalForeignException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start makes of directories that are damaged, foreign, newer, or half made. */
class JournalStartTest {
    @TempDir
    Path temporary;

    private final JournalRig rig = new JournalRig();

    private Path killedJournal() throws IOException {
        final Path source = temporary.resolve("source");
        final Path killed = temporary.resolve("killed");
        try (Journal journal = rig.openTold(source)) {
            rig.raise(journal, 0, "orders", 11);
            rig.write(journal, 0, 11, 1, "synced");
            journal.sync();
            rig.write(journal, 0, 11, 2, "second payload");
            rig.write(journal, 0, 11, 3, "third payload");
            copy(source, killed);
        }
        return killed;
    }

    @Test
    void cutsDamageAboveTheSyncedPositionAndKeepsItAside() throws IOException {
        final Path directory = killedJournal();
        final Path file = cycleFile(directory, 1);
        overwrite(file, indexOf(file, "second payload"), "SECOND".getBytes(StandardCharsets.US_ASCII));
        final JournalReport before = JournalVerifier.verify(directory);
        assertEquals(4, before.violation().position());
        try (Journal journal = rig.openTold(directory)) {
            final Cut cut = journal.recovered().cut();
            assertEquals(4, cut.position());
            assertEquals(1, cut.salvaged());
            assertEquals(file.toString(), cut.file());
            assertEquals(List.of("fence 0 orders token=11", "write 0 token=11 sequence=1 at 1/3"), rig.told);
            assertEquals(5, rig.write(journal, 0, 11, 2, "again"));
        }
        final List<Path> aside;
        try (Stream<Path> paths = Files.list(directory.resolve("aside"))) {
            aside = paths.toList();
        }
        assertEquals(1, aside.size());
        final String kept = Files.readString(aside.get(0), StandardCharsets.ISO_8859_1);
        assertTrue(kept.contains("SECOND payload") && kept.contains("third payload"), kept);
        try (Journal journal = rig.openTold(directory)) {
            assertNull(journal.recovered().cut());
            assertEquals("write 0 token=11 sequence=2 at 2/5", rig.told.get(2));
        }
        assertTrue(JournalVerifier.verify(directory).isIntact());
    }

    @Test
    void refusesDamageAtTheSyncedPositionAndChangesNothing() throws IOException {
        final Path directory = killedJournal();
        final Path file = cycleFile(directory, 1);
        overwrite(file, indexOf(file, "synced"), "SYNCED".getBytes(StandardCharsets.US_ASCII));
        final byte[] fenceLog = Files.readAllBytes(directory.resolve("fence.log"));
        for (int attempt = 0; attempt < 2; attempt++) {
            final JournalCorruptException e =
                    assertThrows(JournalCorruptException.class, () -> rig.openTold(directory));
            assertEquals(3, e.position());
            assertEquals(file.toString(), e.file());
            assertTrue(e.reason().startsWith("checksum is wrong"), e.reason());
        }
        assertArrayEquals(fenceLog, Files.readAllBytes(directory.resolve("fence.log")));
    }

    @Test
    void refusesDamageInTheLastRecordThatWasSynced() throws IOException {
        final Path source = temporary.resolve("source");
        final Path killed = temporary.resolve("killed");
        try (Journal journal = rig.openTold(source)) {
            rig.raise(journal, 0, "orders", 11);
            rig.write(journal, 0, 11, 1, "synced");
            journal.sync();
            copy(source, killed);
        }
        final Path file = cycleFile(killed, 1);
        overwrite(file, indexOf(file, "synced"), "SYNCED".getBytes(StandardCharsets.US_ASCII));
        final JournalCorruptException e = assertThrows(JournalCorruptException.class, () -> rig.openTold(killed));
        assertEquals(3, e.position());
    }

    @Test
    void refusesDamageInTheLastFenceThatWasSynced() throws IOException {
        final Path source = temporary.resolve("source");
        final Path killed = temporary.resolve("killed");
        try (Journal journal = rig.openTold(source)) {
            rig.raiseLogged(journal, 0, "orders", 11);
            copy(source, killed);
        }
        final Path fenceLog = killed.resolve("fence.log");
        overwrite(fenceLog, indexOf(fenceLog, "orders"), "Orders".getBytes(StandardCharsets.US_ASCII));
        final JournalCorruptException e = assertThrows(JournalCorruptException.class, () -> rig.openTold(killed));
        assertEquals(fenceLog.toString(), e.file());
    }

    @Test
    void refusesAJournalWhoseGenerationIsGone() throws IOException {
        final Path directory = killedJournal();
        Files.delete(cycleFile(directory, 1));
        final JournalCorruptException e = assertThrows(JournalCorruptException.class, () -> rig.openTold(directory));
        assertEquals(1, e.position());
    }

    @Test
    void dropsATornTailOfTheFenceLogThatWasNeverSynced() throws IOException {
        final Path source = temporary.resolve("source");
        final Path killed = temporary.resolve("killed");
        final long end;
        try (Journal journal = rig.openTold(source)) {
            rig.raise(journal, 0, "orders", 11);
            end = journal.fenceLog().appendedOffset();
            copy(source, killed);
        }
        overwrite(killed.resolve("fence.log"), end, new byte[] {1, 2, 3, 4, 80, 0, 0, 0, 56});
        try (Journal journal = rig.openTold(killed)) {
            assertEquals(2, journal.generation());
            assertEquals(List.of("fence 0 orders token=11"), rig.told);
        }
    }

    @Test
    void startsAgainAfterAFirstStartThatDiedHalfWay() throws IOException {
        final Path directory = Files.createDirectories(temporary.resolve("half"));
        Files.createFile(directory.resolve("writer.lock"));
        Files.writeString(directory.resolve("fence.log.new"), "half");
        try (Journal journal = rig.openTold(directory)) {
            assertEquals(1, journal.generation());
        }
    }

    @Test
    void aGenerationNumberIsNotUsedAgainEvenIfItsDirectoryWasNeverMade() throws IOException {
        final Path directory = temporary.resolve("journal");
        try (Journal journal = rig.openTold(directory)) {
            rig.raise(journal, 0, "orders", 11);
        }
        final Path saved = temporary.resolve("saved");
        copy(directory, saved);
        final long journalId;
        try (Journal journal = rig.openTold(directory)) {
            assertEquals(2, journal.generation());
            journalId = journal.journalId();
        }
        // As if the second start had died between fence log and queue.
        Files.delete(saved.resolve("fence.log"));
        Files.copy(directory.resolve("fence.log"), saved.resolve("fence.log"));
        final JournalCorruptException e = assertThrows(JournalCorruptException.class, () -> rig.openTold(saved));
        assertTrue(e.reason().startsWith("journal ends below the synced position"), e.reason());
        assertEquals(journalId, JournalVerifier.verify(directory).journalId());
    }

    @Test
    void refusesAFenceLogThatWentBack() throws IOException {
        final Path directory = temporary.resolve("journal");
        try (Journal journal = rig.openTold(directory)) {
            rig.raise(journal, 0, "orders", 11);
        }
        final byte[] backup = Files.readAllBytes(directory.resolve("fence.log"));
        try (Journal journal = rig.openTold(directory)) {
            assertEquals(2, journal.generation());
        }
        Files.write(directory.resolve("fence.log"), backup);
        final JournalCorruptException e = assertThrows(JournalCorruptException.class, () -> rig.openTold(directory));
        assertTrue(e.reason().startsWith("fence log went back"), e.reason());
        assertEquals(e.reason(), JournalVerifier.verify(directory).violation().reason());
    }

    @Test
    void refusesWhatIsNoJournalAndLeavesItAlone() throws IOException {
        final Path directory = Files.createDirectories(temporary.resolve("photos"));
        Files.writeString(directory.resolve("cat.jpg"), "meow");
        final JournalForeignException e = assertThrows(JournalForeignException.class, () -> rig.openTold(directory));
        assertTrue(e.getMessage().contains("found=cat.jpg"), e.getMessage());
        try (Stream<Path> paths = Files.list(directory)) {
            assertEquals(1, paths.count());
        }
        assertThrows(JournalForeignException.class, () -> rig.openTold(directory.resolve("cat.jpg")));
        assertThrows(JournalForeignException.class, () -> JournalReader.open(temporary.resolve("nowhere")));
        Files.writeString(directory.resolve("fence.log"), "meow".repeat(4000));
        assertThrows(JournalForeignException.class, () -> rig.openTold(directory));
    }

    @Test
    void refusesANewerFormatInWords() throws IOException {
        final Path directory = temporary.resolve("journal");
        try (Journal journal = rig.openTold(directory)) {
            assertNotNull(journal.fenceLog());
        }
        final Path fenceLog = directory.resolve("fence.log");
        final ByteBuffer header =
                ByteBuffer.wrap(Files.readAllBytes(fenceLog), 0, 64).slice().order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(16 + FenceLogHeaderDecoder.formatEncodingOffset(), 2);
        final CRC32C crc = new CRC32C();
        crc.update(header.array(), 4, header.getInt(4) - 4);
        header.putInt(0, (int) crc.getValue());
        overwrite(fenceLog, 0, header.array(), 64);
        final JournalForeignException e = assertThrows(JournalForeignException.class, () -> rig.openTold(directory));
        assertTrue(e.getMessage().contains("newer version: format=2 known=1"), e.getMessage());
        assertThrows(JournalForeignException.class, () -> JournalVerifier.verify(directory));
    }

    private static Path cycleFile(final Path directory, final long generation) throws IOException {
        try (Stream<Path> paths = Files.list(directory.resolve(String.format("gen-%012d", generation)))) {
            return paths.filter(path -> path.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static long indexOf(final Path file, final String text) throws IOException {
        final int index = Files.readString(file, StandardCharsets.ISO_8859_1).indexOf(text);
        assertTrue(index > 0, text);
        return index;
    }

    private static void overwrite(final Path file, final long offset, final byte[] bytes) throws IOException {
        overwrite(file, offset, bytes, bytes.length);
    }

    private static void overwrite(final Path file, final long offset, final byte[] bytes, final int length)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertEquals(length, channel.write(ByteBuffer.wrap(bytes, 0, length), offset));
        }
    }

    private static void copy(final Path source, final Path target) throws IOException {
        try (Stream<Path> paths = Files.walk(source)) {
            for (final Path path : paths.toList()) {
                Files.copy(path, target.resolve(source.relativize(path)));
            }
        }
    }
}
