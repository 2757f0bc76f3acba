package io.fencegate.verification.simulator.plan;

/** What the plan of a simulation may hold. Immutable; any thread. */
public enum StimulusKind {
    /** A client asks for a lease. */
    ACQUIRE(false, 30),
    /** A client gives its lease back. */
    RELEASE(false, 6),
    /** A client gives up waiting. */
    CANCEL(false, 3),
    /** A client writes some records. */
    WRITE(false, 50),
    /** A client reads the last record. */
    READ(false, 8),
    /** An operator ends whichever lease there is. */
    REVOKE(true, 3),
    /** A client goes on with another one's ticket. */
    SHARE_TICKET(true, 3),
    /** A stranger says again what it overheard. */
    REPLAY(true, 4),
    /** A stranger opens with a seal of its own making, or with another client's. */
    FORGE(true, 4),
    /** A client's process dies; another one takes its place. */
    CRASH_CLIENT(true, 4),
    /** A client stands still. */
    PAUSE_CLIENT(true, 8),
    /** The gateway stands still. */
    PAUSE_GATEWAY(true, 3),
    /** A node of the sequencer stands still. */
    PAUSE_NODE(true, 4),
    /** The gateway is killed between two turns. */
    KILL_GATEWAY(true, 4),
    /** The gateway is killed in the middle of its work, or of its next start. */
    KILL_GATEWAY_MIDWAY(true, 4),
    /** The gateway's machine loses power. */
    POWER_LOSS(true, 4),
    /** A node of the sequencer is killed. */
    KILL_NODE(true, 4),
    /** The sequencer's leader changes. */
    CHANGE_TERM(true, 4),
    /** The sequencer loses what it acknowledged last. */
    LOSE_SUFFIX(true, 3),
    /** The sequencer loses everything. */
    AMNESIA(true, 2),
    /** The sequencer takes a snapshot. */
    SNAPSHOT(false, 3),
    /** One way is cut. */
    CUT(true, 6),
    /** A process is cut off. */
    CUT_OFF(true, 4),
    /** A way limps. */
    LIMP(true, 4),
    /** A client loses its sessions, though everybody lives. */
    BREAK_CONNECTION(true, 4),
    /** The clock of a node, a client or the gateway jumps. */
    JUMP_CLOCK(true, 6),
    /** An operator goes one step on with the replacement of the seals' key. */
    ROTATE_KEY(true, 5),
    /** An operator raises the floor of the tokens, or a client tries to with a false proof. Drawn by itself. */
    RAISE_FLOOR(false, 0);

    private final boolean isFault;
    private final int weight;

    StimulusKind(final boolean isFault, final int weight) {
        this.isFault = isFault;
        this.weight = weight;
    }

    /** Whether it belongs to what a swarm may leave out. @return false for plain work */
    public boolean isFault() {
        return isFault;
    }

    int weight() {
        return weight;
    }
}
