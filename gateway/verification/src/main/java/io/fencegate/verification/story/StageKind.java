package io.fencegate.verification.story;

import java.util.Locale;

/** Where a story can be played. Immutable; any thread. */
public enum StageKind {
    /** The lease table and the fence table, put together directly. */
    LAW,
    /** The simulated world: the shipped state machines over a network, clocks and disks that are made up. */
    SIMULATOR,
    /** A sequencer, a gateway and clients that run. */
    REAL;

    /** As stories write it. @return its name in small letters */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
