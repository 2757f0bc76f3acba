package io.fencegate.benchmarks.rig;

/** How much a rig measures. */
public enum Effort {
    /** A second or two for each rig: shows that it works; its figures mean nothing. */
    SMOKE,
    /** Every rig together in a few minutes, at least ten blocks each where blocks alternate. */
    QUICK,
    /** As much as the rules of measuring ask for: what is published. */
    FULL
}
