package io.fencegate.benchmarks.recovery;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.codecs.JournalLimits;
import io.fencegate.journal.disk.JournalDirectory;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.UnsafeApi;
import org.agrona.checksum.Crc32c;

/**
 * What reading costs with nothing of ours in it: Chronicle's own tailer over the queue of the first generation, and the
 * CRC32C of each record where it stands in the mapping, over the same bytes and by the same routine as the product's,
 * held to the one that is stored. It looks at a record's length and checksum and at nothing else: no chain, no fences. One thread.
 */
final class TailerFloor {
    /** Where a record says how long it is: the first field that its checksum covers. */
    private static final int LENGTH_OFFSET = JournalLimits.CHECKED_OFFSET;

    private final Path queueDirectory;

    TailerFloor(final Path journal) {
        queueDirectory = new JournalDirectory(journal).generation(1);
    }

    /** Reads it all. */
    Replay replay() {
        final long startNs = System.nanoTime();
        long records = 0;
        int crc = 0;
        try (SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(queueDirectory)
                        .rollCycle(LargeRollCycles.LARGE_DAILY)
                        .blockSize(FilledJournal.BLOCK_LENGTH)
                        .readOnly(true)
                        .build();
                ExcerptTailer tailer = queue.createTailer()) {
            while (true) {
                try (DocumentContext excerpt = tailer.readingDocument()) {
                    if (!excerpt.isPresent()) {
                        break;
                    }
                    final Bytes<?> bytes = excerpt.wire().bytes();
                    final long address = bytes.addressForRead(bytes.readPosition());
                    final int length = UnsafeApi.getInt(address + LENGTH_OFFSET);
                    crc = Crc32c.INSTANCE.compute(
                            address, JournalLimits.CHECKED_OFFSET, length - JournalLimits.CHECKED_OFFSET);
                    records++;
                    if (crc != UnsafeApi.getInt(address)) {
                        throw new WrongAnswerException(
                                "floor record=" + records + " checksum is wrong: computed=" + Integer.toHexString(crc));
                    }
                }
            }
        }
        return new Replay(records, crc, System.nanoTime() - startNs);
    }
}
