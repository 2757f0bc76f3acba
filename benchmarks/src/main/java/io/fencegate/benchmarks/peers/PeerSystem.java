package io.fencegate.benchmarks.peers;

import io.fencegate.benchmarks.peers.server.PeerServer;
import java.util.List;
import java.util.Map;

/**
 * A system that others fence their writes with. Immutable.
 *
 * @param name by which it is chosen and installed
 * @param title for the reader
 * @param adapter main class of its load
 * @param server how its server is started
 * @param writes what a fenced write is in each durability class that it has
 * @param unlike what is not the same as with ours
 * @param lock what its lock is, or null if it grants none
 * @param isQuickStart whether its server starts within seconds
 */
record PeerSystem(
        String name,
        String title,
        String adapter,
        PeerServer server,
        Map<DurabilityClass, String> writes,
        String unlike,
        String lock,
        boolean isQuickStart) {
    PeerSystem {
        writes = Map.copyOf(writes);
    }

    /** The classes that it has, weaker first. */
    List<DurabilityClass> classes() {
        return List.of(DurabilityClass.values()).stream()
                .filter(writes::containsKey)
                .toList();
    }
}
