package io.fencegate.sequencer.upkeep;

import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.RecordingLog;
import io.fencegate.sequencer.muster.LogExtent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The snapshots of a node. One counts if both its parts are there and valid: the consensus module's and the service's.
 *
 * <p>Immutable; any thread.
 *
 * @param newest position of the newest, or {@link LogExtent#NONE}
 * @param second position of the one before it, or {@link LogExtent#NONE}
 * @param outdated recordings of those that are older than both
 */
record Snapshots(long newest, long second, List<Long> outdated) {
    private static final int SERVICE_ID = 0;

    static Snapshots of(final List<RecordingLog.Entry> entries) {
        final List<Long> positions = entries.stream()
                .filter(entry -> isPart(entry, ConsensusModule.Configuration.SERVICE_ID) && entry.isValid)
                .filter(own -> entries.stream()
                        .anyMatch(entry -> isPart(entry, SERVICE_ID)
                                && entry.isValid
                                && entry.logPosition == own.logPosition
                                && entry.leadershipTermId == own.leadershipTermId))
                .map(entry -> entry.logPosition)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
        final long newest = positions.isEmpty() ? LogExtent.NONE : positions.get(0);
        final long second = positions.size() < 2 ? LogExtent.NONE : positions.get(1);
        final List<Long> outdated = new ArrayList<>();
        for (final RecordingLog.Entry entry : entries) {
            final boolean isSnapshot = entry.type == RecordingLog.ENTRY_TYPE_SNAPSHOT;
            if (isSnapshot && second != LogExtent.NONE && entry.logPosition < second) {
                outdated.add(entry.recordingId);
            }
        }
        return new Snapshots(newest, second, List.copyOf(outdated));
    }

    private static boolean isPart(final RecordingLog.Entry entry, final int serviceId) {
        return entry.type == RecordingLog.ENTRY_TYPE_SNAPSHOT && entry.serviceId == serviceId;
    }
}
