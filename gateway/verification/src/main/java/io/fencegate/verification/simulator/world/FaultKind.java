package io.fencegate.verification.simulator.world;

/** What may go wrong. Immutable; any thread. */
public enum FaultKind {
    /** A process stands still. */
    PAUSED("process paused"),
    /** A client is gone. */
    CLIENT_KILLED("client killed"),
    /** The gateway is killed; what it wrote is in the page cache. */
    GATEWAY_KILLED("gateway killed"),
    /** The gateway's machine loses power; what was not synced may be gone. */
    GATEWAY_POWER_LOST("gateway lost power"),
    /** The gateway dies while it starts. */
    GATEWAY_START_BROKEN("gateway died while it started"),
    /** A node of the sequencer is killed. */
    NODE_KILLED("sequencer node killed"),
    /** A node of the sequencer is rebuilt from its snapshot and log. */
    NODE_REBUILT("sequencer node rebuilt from its log"),
    /** Another leader begins a term. */
    TERM_CHANGED("leadership term changed"),
    /** A new leader lacks entries that were acknowledged. */
    SUFFIX_LOST("acknowledged suffix lost"),
    /** The sequencer is rebuilt from nothing. */
    AMNESIA("sequencer lost everything"),
    /** The sequencer raised the floor of its tokens, by a gateway's proof or by an operator's word. */
    FLOOR_RAISED("floor of the tokens raised"),
    /** A client shows the sequencer a proof that no gateway made. */
    FALSE_PROOF("false proof shown"),
    /** A client healed its lease after the sequencer had lost everything. */
    LEASE_HEALED("lease healed by proof"),
    /** A way is cut in one direction. */
    CUT_ONE_WAY("one-way partition"),
    /** A process is cut off from all others. */
    CUT_OFF("two-way partition"),
    /** A way is slow. */
    LIMPED("limping link"),
    /** A clock jumps ahead. */
    CLOCK_AHEAD("clock jumped ahead"),
    /** A clock jumps back. */
    CLOCK_BACK("clock jumped back"),
    /** A message is lost. */
    MESSAGE_LOST("message lost"),
    /** A message arrives twice. */
    MESSAGE_DOUBLED("message doubled"),
    /** A message is held up, and overtaken. */
    MESSAGE_DELAYED("message held up"),
    /** An answer does not leave the sequencer. */
    EGRESS_REFUSED("sequencer answer not sent"),
    /** A connection breaks. */
    CONNECTION_BROKEN("connection broken"),
    /** Somebody opens with a seal of his own making. */
    FORGED_OPEN("forged open"),
    /** Somebody repeats what he overheard. */
    REPLAYED("overheard request replayed"),
    /** A second process writes with the same ticket. */
    TICKET_SHARED("ticket used by two processes"),
    /** The key of the seals gets a successor. */
    KEY_ADDED("key of the seals added"),
    /** The gateway takes the older key of the seals no more. */
    KEY_RETIRED("key of the seals retired"),
    /** A client that has lost its lease goes on as if it had it. */
    ZOMBIE_WROTE("zombie wrote on");

    private final String text;

    FaultKind(final String text) {
        this.text = text;
    }

    /** What it is. @return in words */
    public String text() {
        return text;
    }
}
