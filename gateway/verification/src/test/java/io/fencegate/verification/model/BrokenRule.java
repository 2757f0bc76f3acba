package io.fencegate.verification.model;

import java.util.List;

/**
 * Rules that the model can leave out, with the invariant that then breaks, in the smallest bounds in which it does. A
 * checker that misses one of them would prove nothing.
 */
enum BrokenRule {
    /** A bare counter instead: the new leader issues again what was lost. */
    TERMS("terms are in tokens", Invariant.S1, false, new Bounds(1, 1, 0, 1, 1, 0)),
    /** Two leadership terms give one sum, if the command that raised the offset is lost. */
    OFFSET_STEPS("offset steps span all terms", Invariant.S1, true, new Bounds(1, 1, 1, 2, 1, 0)),
    /** The last serial is followed by the first. */
    WRAPPED_SERIALS("serials do not wrap", Invariant.S1, false, new Bounds(0, 1, 0, 2, 1, 0)),
    /** Serial before term: unique, but a new leader counts from below. */
    TERM_OUTWEIGHS("the term outweighs the serial", Invariant.S2, true, new Bounds(1, 2, 0, 1, 1, 0)),
    /** A write below the fence is accepted. */
    STALE_WRITES("tokens below the fence are refused", Invariant.S3, true, new Bounds(0, 2, 0, 1, 1, 0)),
    /** The fence is raised, and told of, before it is on disk. */
    UNSYNCED_FENCE("a fence is synced before its open is answered", Invariant.S3, true, new Bounds(0, 2, 0, 1, 1, 1)),
    /** The fence is what the journal tells after a power loss. */
    FORGOTTEN_FENCE("recovery reads the fence log", Invariant.S3, true, new Bounds(0, 2, 0, 1, 1, 1)),
    /** A sequence is left out. */
    GAPS("no gap is accepted", Invariant.S4, true, new Bounds(0, 1, 0, 1, 2, 0)),
    /** A retry is written again. */
    REPEATS("no sequence is accepted twice", Invariant.S4, true, new Bounds(0, 1, 0, 1, 2, 0)),
    /** A retry after a restart is written again. */
    FORGOTTEN_SEQUENCES("recovery reads the sequences", Invariant.S4, true, new Bounds(0, 1, 0, 1, 2, 1)),
    /** A write is acknowledged before it is durable. */
    EARLY_ANSWERS("no answer precedes its sync", Invariant.S5, true, new Bounds(0, 1, 0, 1, 1, 1)),
    /** Recovery cuts what was on disk. */
    CUT_TOO_MUCH("what is synced survives", Invariant.S5, true, new Bounds(0, 1, 0, 1, 1, 1)),
    /** Any token raises the fence. */
    NO_SEALS("seals are verified", Invariant.S6, true, new Bounds(0, 1, 0, 1, 1, 0)),
    /** A token of somebody else raises the fence. */
    LOOSE_SEALS("a seal binds its client", Invariant.S6, true, new Bounds(0, 1, 0, 1, 1, 0)),
    /** Two lives of the sequencer issue one token, and both its holders write. */
    LOOSE_TOKENS("a token binds its client", Invariant.Binding, true, new Bounds(0, 1, 0, 2, 2, 0)),
    /** The queue is served while the lease is held. */
    TWO_HOLDERS("a lease has one holder", Invariant.OneHolder, true, new Bounds(0, 2, 0, 1, 1, 0));

    private final String rule;
    private final Invariant broken;
    private final boolean alone;
    private final Bounds bounds;

    BrokenRule(final String rule, final Invariant broken, final boolean alone, final Bounds bounds) {
        this.rule = rule;
        this.broken = broken;
        this.alone = alone;
        this.bounds = bounds;
    }

    /** The rule that is left out. @return its name in the model */
    String rule() {
        return rule;
    }

    /** What breaks. @return the invariant */
    Invariant broken() {
        return broken;
    }

    /** Whether a shortest behaviour breaks this invariant and no other: a repeated token is no rising one either. @return so */
    boolean isAlone() {
        return alone;
    }

    /** Where it breaks. @return the bounds */
    Bounds bounds() {
        return bounds;
    }

    /** In what order TLC looks. @return all invariants, in an order in which it reports the one that breaks */
    List<Invariant> order() {
        return alone ? broken.last() : broken.first();
    }
}
