package io.fencegate.verification.model;

/** What may happen in a trace, with the action of the model that it must be. Names are those of {@code TraceFencing.tla}. */
enum ModelStep {
    /** A leader began a term. */
    TERM_BEGAN("TermBegan", "Elect", "sequencer"),
    /** A suffix of the log is gone. */
    SUFFIX_LOST("SuffixLost", "Elect", "sequencer"),
    /** The sequencer was rebuilt from nothing. */
    LIFE_BEGAN("LifeBegan", "Forget", "sequencer"),
    /** The term offset was raised. */
    FLOOR_RAISED("FloorRaised", "RaiseFloor", "sequencer"),
    /** A grant of the resource. */
    ISSUED("Issued", "Acquire", "sequencer"),
    /** A grant of another resource. */
    ISSUED_ELSEWHERE("IssuedElsewhere", "Grant", "sequencer"),
    /** A lease was ended by an operator, who got a token. */
    REVOKED("Revoked", "Revoke", "sequencer"),
    /** A lease was released, or expired. */
    LEASE_ENDED("LeaseEnded", "EndLease", "sequencer"),
    /** The fence rose. */
    FENCE_RAISED("FenceRaised", "RaiseFence", "gateway"),
    /** The holder took over from itself. */
    OPEN_TAKEN("OpenTaken", "TakeOver", "gateway"),
    /** The fence is on disk. */
    FENCE_SYNCED("FenceSynced", "SyncFence", "gateway"),
    /** An OPENED left. */
    OPEN_ANSWERED("OpenAnswered", "AnswerOpen", "gateway"),
    /** A write was appended. */
    APPENDED("Appended", "Write", "gateway"),
    /** The journal is on disk. */
    JOURNAL_SYNCED("JournalSynced", "SyncJournal", "gateway"),
    /** A caller was told of a record. */
    TOLD("Told", "Tell", "gateway"),
    /** The gateway was killed. */
    KILLED("killed", "Kill", "gateway"),
    /** The gateway's machine lost its power. */
    POWER_LOST("power", "LosePower", "gateway"),
    /** The gateway came back. */
    RECOVERED("Recovered", "Recover", "gateway");

    private final String inTrace;
    private final String action;
    private final String part;

    ModelStep(final String inTrace, final String action, final String part) {
        this.inTrace = inTrace;
        this.action = action;
        this.part = part;
    }

    /** Its kind in the trace. @return a word */
    String inTrace() {
        return inTrace;
    }

    /** What it must be. @return the name of an action of the model */
    String action() {
        return action;
    }

    /** Whose action that is. @return sequencer or gateway */
    String part() {
        return part;
    }
}
