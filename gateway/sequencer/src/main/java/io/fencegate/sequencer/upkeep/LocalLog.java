package io.fencegate.sequencer.upkeep;

import io.aeron.Aeron;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.NodeStateFile;
import io.aeron.cluster.RecordingLog;
import io.fencegate.sequencer.muster.LogExtent;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.collections.LongHashSet;

/**
 * What this node has of the log and of its snapshots, as its archive and its list of recordings tell; and what may go,
 * goes.
 *
 * <p>The upkeep's thread.
 */
final class LocalLog implements AutoCloseable {
    private final File cluster;
    private final AeronArchive archive;
    private NodeStateFile votes;
    private Snapshots snapshots = new Snapshots(LogExtent.NONE, LogExtent.NONE, List.of());
    private final LongHashSet purged = new LongHashSet();
    private Recording log;
    private Recording found;

    LocalLog(final File cluster, final AeronArchive archive) {
        this.cluster = cluster;
        this.archive = archive;
    }

    /** Reads what there is now. @param committed what the node knows to be committed */
    LogExtent read(final long committed) {
        if (!new File(cluster, RecordingLog.RECORDING_LOG_FILE_NAME).exists()) {
            return LogExtent.NOTHING;
        }
        try (RecordingLog recordings = new RecordingLog(cluster, false)) {
            snapshots = Snapshots.of(recordings.entries());
            final long recordingId = recordings.findLastTermRecordingId();
            log = recordingId == Aeron.NULL_VALUE ? null : find(recordingId);
        }
        if (log == null) {
            return new LogExtent(
                    LogExtent.NONE, LogExtent.NONE, LogExtent.NONE, snapshots.newest(), snapshots.second());
        }
        final long end = archive.getMaxRecordedPosition(log.id());
        return new LogExtent(log.start(), end, committed, snapshots.newest(), snapshots.second());
    }

    /** Highest term for which this node stood or voted, -1 for none. */
    long candidateTermId() {
        if (votes == null && new File(cluster, NodeStateFile.FILENAME).exists()) {
            try {
                votes = new NodeStateFile(cluster, false, 0);
            } catch (final IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return votes == null ? Aeron.NULL_VALUE : votes.candidateTerm().candidateTermId();
    }

    /**
     * Purges whole files of the log below a position, and the recordings of snapshots that are older than the newest two.
     *
     * @return files and recordings that went
     */
    long purge(final long below) {
        long gone = 0;
        if (log != null && below > log.start()) {
            final long base =
                    AeronArchive.segmentFileBasePosition(log.start(), below, log.termLength(), log.segmentLength());
            if (base > log.start()) {
                gone += archive.purgeSegments(log.id(), base);
            }
        }
        for (final long outdated : snapshots.outdated()) {
            if (purged.add(outdated) && find(outdated) != null) {
                archive.purgeRecording(outdated);
                gone++;
            }
        }
        return gone;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(votes, archive);
    }

    /** What the archive knows of a recording, or null if it has none of this id. */
    private Recording find(final long id) {
        found = null;
        archive.listRecording(
                id,
                (controlSessionId,
                        correlationId,
                        recording,
                        startTimestamp,
                        stopTimestamp,
                        start,
                        stop,
                        initialTermId,
                        segmentFileLength,
                        termBufferLength,
                        mtuLength,
                        sessionId,
                        streamId,
                        strippedChannel,
                        originalChannel,
                        sourceIdentity) -> found = new Recording(id, start, termBufferLength, segmentFileLength));
        return found;
    }

    /** A recording of the archive. */
    private record Recording(long id, long start, int termLength, int segmentLength) {}
}
