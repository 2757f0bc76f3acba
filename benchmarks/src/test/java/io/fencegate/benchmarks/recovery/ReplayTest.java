package io.fencegate.benchmarks.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.benchmarks.latency.subject.LatencyDriver;
import io.fencegate.benchmarks.latency.subject.Transport;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.journal.disk.JournalDirectory;
import io.fencegate.journal.recovery.JournalCorruptException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Floor and product read the same records to the end, and neither takes a damaged or another journal for it. */
class ReplayTest {
    private static final int RESOURCES = 10;
    private static final long WRITES = 1_000;

    @TempDir
    private Path directory;

    @Test
    void floorAndProductReadTheSame() throws IOException {
        final FilledJournal journal = fill();
        final Replay floor = new TailerFloor(journal.directory()).replay();
        final ProductReplay product = new ProductReplay(journal);
        assertEquals(1 + RESOURCES + WRITES, floor.records());
        final Replay recovered = product.recover().checked("recovery", journal, floor.crc());
        final Replay read = product.read().checked("audit", journal, floor.crc());
        assertEquals(floor.records(), recovered.records());
        assertEquals(floor.records(), read.records());
    }

    @Test
    void anotherCountOrAnotherCrcIsAWrongAnswer() {
        final FilledJournal journal = new FilledJournal(directory, RESOURCES, WRITES / RESOURCES);
        final Replay replay = new Replay(journal.records(), 42, 1);
        final Replay shorter = new Replay(journal.records() - 1, 42, 1);
        assertEquals(replay, replay.checked("floor", journal, 42));
        assertThrows(WrongAnswerException.class, () -> replay.checked("floor", journal, 43));
        assertThrows(WrongAnswerException.class, () -> shorter.checked("floor", journal, 42));
    }

    @Test
    void bothLookAtEveryByte() throws IOException {
        final FilledJournal journal = fill();
        final Path file =
                new JournalDirectory(journal.directory()).cycleFiles(1).get(0);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            final byte[] head = new byte[4 << 20];
            bytes.readFully(head);
            final int offset = payloadOf(head, 0x1F3);
            bytes.seek(offset);
            bytes.write(head[offset] ^ 1);
        }
        assertThrows(WrongAnswerException.class, new TailerFloor(journal.directory())::replay);
        assertThrows(JournalCorruptException.class, new ProductReplay(journal)::recover);
        assertThrows(JournalCorruptException.class, new ProductReplay(journal)::read);
    }

    @Test
    void aRestartThatTellsAnotherSequenceIsAWrongAnswer() throws IOException {
        final FilledJournal journal = fill();
        final FilledJournal longer = new FilledJournal(journal.directory(), RESOURCES, journal.writesPerResource() + 1);
        try (LatencyDriver driver = LatencyDriver.sparse(Transport.IPC)) {
            final GatewayStart start = new GatewayStart(driver.aeronDirectory(), longer);
            final Exception wrong = assertThrows(WrongAnswerException.class, start::call);
            assertTrue(wrong.getMessage().contains("sequenceLast=100 written=101"), wrong::getMessage);
        }
    }

    @Test
    void aJournalThatNobodyWantsAnyMoreIsNotWritten() throws IOException {
        assertNull(FilledJournal.fill(directory.resolve("stopped"), RESOURCES, WRITES, () -> true));
    }

    private FilledJournal fill() throws IOException {
        return FilledJournal.fill(directory.resolve("journal"), RESOURCES, WRITES, () -> false);
    }

    /** Where the payload of a write begins: its number stands in its first and in its last eight bytes. */
    private static int payloadOf(final byte[] bytes, final int number) {
        final int last = FilledJournal.PAYLOAD_LENGTH - Long.BYTES;
        for (int i = 0; i + FilledJournal.PAYLOAD_LENGTH < bytes.length; i++) {
            if (isNumber(bytes, i, number) && isNumber(bytes, i + last, number)) {
                return i;
            }
        }
        throw new IllegalStateException("no such write: number=" + number);
    }

    private static boolean isNumber(final byte[] bytes, final int offset, final int number) {
        return bytes[offset] == (byte) number && bytes[offset + 1] == (byte) (number >> 8) && bytes[offset + 2] == 0;
    }
}
