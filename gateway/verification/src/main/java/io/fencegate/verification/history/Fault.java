package io.fencegate.verification.history;

/**
 * Faults whose name a checker of histories understands: what may be missing afterwards depends on them. A
 * {@link EventKind#FAULT} may bear any other word, which excuses nothing.
 *
 * <p>Immutable; any thread.
 */
public enum Fault {
    /** The process was killed; the machine lives on. */
    KILLED,
    /** The machine lost its power. */
    POWER_LOST,
    /** The process stands still. */
    PAUSED,
    /** The process goes on. */
    RESUMED,
    /** The process, or the link that the actor names, is cut off. */
    PARTITIONED,
    /** What was cut off is joined again. */
    JOINED,
    /** The clock of the process jumped. */
    CLOCK_JUMPED,
    /** The gateway's folder is gone or was put back to an older state, and an operator gave it a floor. */
    DIRECTORY_LOST
}
