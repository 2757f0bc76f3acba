package io.fencegate.benchmarks.peers.server;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the peers' adapters and their libraries are. Stateless. */
@FunctionalInterface
public interface Libraries {
    /**
     * Those of one peer.
     *
     * @param peer its name
     * @return a class path, or null if they are not installed
     */
    String classPathOf(String peer);

    /**
     * As the script that installs them leaves them.
     *
     * @param directory that holds one of each peer
     * @return the libraries
     */
    static Libraries under(final Path directory) {
        return peer -> {
            final Path lib = directory.resolve(peer).resolve("lib");
            return Files.isDirectory(lib) ? lib.resolve("*").toString() : null;
        };
    }
}
