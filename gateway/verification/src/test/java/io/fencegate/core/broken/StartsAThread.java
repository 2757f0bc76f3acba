package io.fencegate.core.broken;

/** Breaks a rule on purpose: the law starts a thread. */
public final class StartsAThread {
    /** Starts it. @param work to do */
    public void start(final Runnable work) {
        new Thread(work).start();
    }
}
