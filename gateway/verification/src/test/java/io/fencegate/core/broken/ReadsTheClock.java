package io.fencegate.core.broken;

/** Breaks a rule on purpose: the law asks what time it is. */
public final class ReadsTheClock {
    /** The time. @return in nanoseconds */
    public long now() {
        return System.nanoTime();
    }
}
