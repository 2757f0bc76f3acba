package io.fencegate.sequencer;

/**
 * What a node may take of its machine.
 *
 * <p>Immutable; any thread.
 *
 * @param idleMode of the node's threads
 * @param sessionsMax clients connected at once, 1 to 10000
 */
public record NodeLoad(IdleMode idleMode, int sessionsMax) {
    /** Clients connected at once, unless said otherwise. */
    public static final int SESSIONS_MAX_DEFAULT = 256;

    private static final int SESSIONS_MAX_LIMIT = 10_000;

    /** Checks the values. */
    public NodeLoad {
        if (sessionsMax < 1 || sessionsMax > SESSIONS_MAX_LIMIT) {
            throw new IllegalArgumentException("sessionsMax=" + sessionsMax + " must be 1 to " + SESSIONS_MAX_LIMIT);
        }
    }
}
