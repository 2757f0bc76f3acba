package io.fencegate.benchmarks.throughput;

import io.fencegate.journal.JournalConfig;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * A Chronicle queue with nothing of ours in it: the same roll cycle and mapped block as the journal's, and neither a
 * clock that is read for each record nor a sync of its own, so that it is as fast as it can be.
 *
 * <p>One thread.
 */
final class RawQueue implements AutoCloseable {
    private final PointerBytesStore bytes = BytesStore.nativePointer();
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;

    RawQueue(final Path directory) {
        final long nowMs = System.currentTimeMillis();
        queue = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(LargeRollCycles.LARGE_DAILY)
                .blockSize(JournalConfig.BLOCK_LENGTH_DEFAULT)
                .timeProvider(() -> nowMs)
                .build();
        appender = queue.createAppender();
    }

    /** Appends some bytes of native memory as one record. */
    void append(final DirectBuffer buffer, final int offset, final int length) {
        bytes.set(buffer.addressOffset() + offset, length);
        appender.writeBytes(bytes);
    }

    /** Records in it, as its own index counts them. */
    long records() {
        return queue.rollCycle().toSequenceNumber(appender.lastIndexAppended()) + 1;
    }

    /** Opens the file that is appended to, to sync it; there is one after the first record. */
    FileChannel file() throws IOException {
        return FileChannel.open(appender.currentFile().toPath(), StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(appender, queue);
    }
}
