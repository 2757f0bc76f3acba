package io.fencegate.journal;

import io.fencegate.journal.disk.JournalDirectory;
import io.fencegate.journal.fencelog.FenceLogFile;
import io.fencegate.journal.queue.QueueRecordSource;
import io.fencegate.journal.recovery.Cut;
import io.fencegate.journal.recovery.FenceLogReplay;
import io.fencegate.journal.recovery.JournalForeignException;
import io.fencegate.journal.recovery.RecordChain;
import io.fencegate.journal.recovery.RecordHandler;
import io.fencegate.journal.recovery.RecordView;
import java.nio.file.Path;
import java.util.List;

/**
 * Replays a journal read-only, whether its gateway runs or not, verifying every record and that the journal reaches at
 * least as far as it was synced when this reader was opened. Takes no lock and changes nothing. One thread.
 */
public final class JournalReader implements AutoCloseable {
    private final FenceLogFile fenceLog;
    private final FenceLogReplay replay;
    private final QueueRecordSource source;
    private final RecordChain chain;
    private final RecordView record = new RecordView();

    private JournalReader(final FenceLogFile fenceLog, final QueueRecordSource source) {
        this.fenceLog = fenceLog;
        this.source = source;
        replay = fenceLog.replay();
        chain = new RecordChain(source, fenceLog.journalId(), fenceLog.syncedPosition());
    }

    /**
     * Opens a journal for reading; changes nothing in it.
     *
     * @param path of the journal's directory
     * @return the reader, before position 1
     * @throws JournalForeignException if this is no journal, or a newer one
     * @throws io.fencegate.journal.recovery.JournalCorruptException if its fence log is damaged
     */
    public static JournalReader open(final Path path) {
        final JournalDirectory directory = new JournalDirectory(path);
        if (!directory.holdsJournal()) {
            throw new JournalForeignException(path.toString(), "there is no journal");
        }
        List<Long> generations = directory.generations();
        FenceLogFile fenceLog = FenceLogFile.read(directory.fenceLog());
        QueueRecordSource source = new QueueRecordSource(directory, true);
        // A gateway may start meanwhile: fence log and generations must be of one moment.
        while (!generations.equals(directory.generations())) {
            generations = directory.generations();
            fenceLog = FenceLogFile.read(directory.fenceLog());
            source = new QueueRecordSource(directory, true);
        }
        return new JournalReader(fenceLog, source);
    }

    /**
     * Reads on.
     *
     * @param handler of the records
     * @param limit of records
     * @return how many were read; 0 at the end of what was there
     * @throws io.fencegate.journal.recovery.JournalCorruptException at the first violation
     */
    public int poll(final RecordHandler handler, final int limit) {
        int count = 0;
        while (count < limit && chain.next(record)) {
            handler.onRecord(record);
            count++;
        }
        return count;
    }

    /** Random identity of the journal. @return the journalId */
    public long journalId() {
        return fenceLog.journalId();
    }

    /** Position of the last record that was read. @return 0 if none was */
    public long position() {
        return chain.position();
    }

    /** Highest synced position known so far. @return from 0 */
    public long syncedPosition() {
        return chain.syncedPosition();
    }

    /** Generations that were read so far. @return from 0 */
    public long generations() {
        return chain.generations();
    }

    /**
     * Damage above the synced position, which the next start of a gateway will cut. Known once {@link #poll} has returned
     * 0.
     *
     * @return null if there is none
     */
    public Cut cut() {
        return chain.cut();
    }

    long generationHighest() {
        return chain.generationHighest();
    }

    FenceLogReplay fenceLog() {
        return replay;
    }

    String file() {
        return source.file();
    }

    /** Lets go of the files. */
    @Override
    public void close() {
        source.close();
    }
}
