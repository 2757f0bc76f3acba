package io.fencegate.benchmarks.peers.load;

import java.io.IOException;

/** How long a server in a JVM of its own runs: no longer than the rig that started it, whatever happens to that. */
public final class ServerLife {
    private ServerLife() {}

    /** Ends this process when its input does, from a thread of its own. Called first of all. */
    public static void endWithInput() {
        final Thread thread = new Thread(ServerLife::await, "end-with-input");
        thread.setDaemon(true);
        thread.start();
    }

    private static void await() {
        try {
            while (System.in.read() >= 0) {
                // Nobody has anything to say but the end.
            }
        } catch (final IOException broken) {
            // As good as the end.
        }
        // Its files go with it: nothing needs to be put in order.
        Runtime.getRuntime().halt(0);
    }
}
