package io.fencegate.benchmarks.recovery;

import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.Token;
import io.fencegate.journal.Journal;
import io.fencegate.journal.JournalAppender;
import io.fencegate.journal.JournalConfig;
import io.fencegate.journal.recovery.RecoveryHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A journal of one generation, written by the product's own appender: some fences, and behind them as many accepted
 * writes of each. Immutable.
 *
 * @param directory that holds it
 * @param resources each with one fence
 * @param writesPerResource accepted under that fence: sequences 1, 2, 3 …
 */
record FilledJournal(Path directory, int resources, long writesPerResource) {
    static final long TOKEN = Token.of(1, 1);
    static final long CLIENT_ID = 7;
    static final int PAYLOAD_LENGTH = 64;
    static final long BLOCK_LENGTH = 256L << 20;

    private static final int LOOK_INTERVAL = 10_000;

    /** Name of a resource. */
    static String nameOf(final int handle) {
        return String.format("benchmarks/journal/%05d", handle);
    }

    /** How a gateway shall keep it. */
    static JournalConfig configOf(final Path directory) {
        return new JournalConfig(
                directory,
                BLOCK_LENGTH,
                JournalConfig.FREE_FLOOR_BYTES_DEFAULT,
                JournalConfig.FENCE_LOG_RESERVE_LENGTH_DEFAULT);
    }

    /** Accepted writes in it. */
    long writes() {
        return resources * writesPerResource;
    }

    /** Records in it: the start of the generation, the fences, the writes. */
    long records() {
        return 1 + resources + writes();
    }

    /**
     * Writes one, in turn to every resource, synced at the end.
     *
     * @param stopped turns true when nobody wants it any more
     * @return it, or null if it was stopped
     * @throws IOException if the disk is full
     */
    static FilledJournal fill(
            final Path directory, final int resources, final long writes, final BooleanSupplier stopped)
            throws IOException {
        final FilledJournal filled = new FilledJournal(directory, resources, writes / resources);
        try (Journal journal = Journal.open(configOf(directory), new NothingToRecover())) {
            final JournalAppender appender = journal.appender();
            filled.raiseFences(journal);
            final UnsafeBuffer payload = new UnsafeBuffer(BufferUtil.allocateDirectAligned(PAYLOAD_LENGTH, Long.BYTES));
            final PayloadCrc crc = new PayloadCrc();
            for (long i = 0; i < filled.writes(); i++) {
                if (i % LOOK_INTERVAL == 0 && !look(appender, stopped)) {
                    return null;
                }
                payload.putLong(0, i);
                payload.putLong(PAYLOAD_LENGTH - Long.BYTES, i);
                appender.appendAccepted(
                        (int) (i % resources),
                        TOKEN,
                        i / resources + 1,
                        crc.compute(payload, 0, PAYLOAD_LENGTH),
                        payload,
                        0,
                        PAYLOAD_LENGTH);
            }
        }
        return filled;
    }

    private static boolean look(final JournalAppender appender, final BooleanSupplier stopped) throws IOException {
        if (!appender.hasRoom(LOOK_INTERVAL * 4 * PAYLOAD_LENGTH)) {
            throw new IOException("the disk is full: position=" + appender.position());
        }
        appender.timestampNs(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
        return !stopped.getAsBoolean();
    }

    private void raiseFences(final Journal journal) {
        final UnsafeBuffer name = new UnsafeBuffer(new byte[64]);
        for (int handle = 0; handle < resources; handle++) {
            final int length = name.putStringWithoutLengthAscii(0, nameOf(handle));
            journal.appender().appendFenceRaised(handle, TOKEN, CLIENT_ID, 0, name, 0, length);
            journal.fenceLog().append(handle, TOKEN, CLIENT_ID, 0, name, 0, length);
        }
        journal.fenceLog().sync();
    }

    /** A new journal has nothing to tell. */
    private static final class NothingToRecover implements RecoveryHandler {
        @Override
        public void onFence(
                final int handle,
                final long token,
                final long clientId,
                final long seal,
                final DirectBuffer nameBuffer,
                final int nameOffset,
                final int nameLength) {
            throw new IllegalStateException("the journal is not new: handle=" + handle);
        }

        @Override
        public void onAccepted(
                final int handle,
                final long token,
                final long sequence,
                final int payloadCrc,
                final long generation,
                final long position,
                final long locator) {
            throw new IllegalStateException("the journal is not new: position=" + position);
        }
    }
}
