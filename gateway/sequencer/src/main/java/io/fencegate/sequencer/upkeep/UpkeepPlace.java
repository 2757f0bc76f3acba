package io.fencegate.sequencer.upkeep;

import java.nio.file.Path;
import java.util.List;

/**
 * Which node an upkeep looks after.
 *
 * <p>Immutable; any thread.
 *
 * @param memberId of the node
 * @param endpoints {@code host:port} for votes and heartbeats of each member, in the order of their ids
 * @param cluster directory of the node's votes, of its list of recordings, and of its membership
 * @param fileSyncLevel of the node's files
 * @param config by which it acts
 */
public record UpkeepPlace(int memberId, List<String> endpoints, Path cluster, int fileSyncLevel, UpkeepConfig config) {
    /** Freezes the list. */
    public UpkeepPlace {
        endpoints = List.copyOf(endpoints);
    }
}
