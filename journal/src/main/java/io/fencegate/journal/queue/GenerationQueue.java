package io.fencegate.journal.queue;

import java.nio.file.Path;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;

/**
 * Opens the Chronicle queue of one generation. Every generation has a fresh directory that no later one appends to, so
 * no stale lock is ever met and nothing is ever appended behind a hole.
 *
 * <p>Pure functions; any thread.
 */
public final class GenerationQueue {
    /** Records between two entries of the queue's index: a read by locator walks over fewer than this. */
    public static final int INDEX_SPACING = 16;

    private static final long TIMEOUT_MS = 500;

    private GenerationQueue() {}

    /**
     * Opens the queue of a new generation.
     *
     * @param directory that does not exist yet
     * @param blockLength of the mapped blocks, in bytes
     * @param time that decides when the queue goes on in the next file: monotone
     * @return the queue
     */
    public static SingleChronicleQueue create(final Path directory, final long blockLength, final TimeProvider time) {
        return SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(LargeRollCycles.LARGE_DAILY)
                .indexSpacing(INDEX_SPACING)
                .blockSize(blockLength)
                .timeProvider(time)
                .timeoutMS(TIMEOUT_MS)
                .syncMode(SyncMode.NONE)
                .build();
    }
}
