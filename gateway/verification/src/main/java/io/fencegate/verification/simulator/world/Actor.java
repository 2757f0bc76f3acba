package io.fencegate.verification.simulator.world;

import java.util.ArrayDeque;

/**
 * A process: it takes turns when something has come for it or its time has come, may stand still for any time, and may
 * die and start again without anything that it did not have on disk.
 *
 * <p>One thread.
 */
public abstract class Actor {
    private static final long NEVER = Long.MAX_VALUE;

    private final String name;
    private final Agenda agenda;
    private final ArrayDeque<Object> inbox = new ArrayDeque<>();
    private boolean isUp;
    private long life;
    private long pausedUntilNs;
    private long turnAtNs = NEVER;
    private long clockAheadNs;

    /**
     * A process that is not started.
     *
     * @param name of it in histories
     * @param agenda that gives it its turns
     */
    protected Actor(final String name, final Agenda agenda) {
        this.name = name;
        this.agenda = agenda;
    }

    /** Name of the process. @return as histories have it */
    public final String name() {
        return name;
    }

    /** The time. @return in nanoseconds of virtual time */
    protected final long nowNs() {
        return agenda.nowNs();
    }

    /** What the process takes for the time: a clock that may jump ahead, and never falls. @return in nanoseconds */
    protected final long clockNs() {
        return agenda.nowNs() + clockAheadNs;
    }

    /** The clock of the process jumps ahead. @param byNs how far, not negative */
    public final void advanceClock(final long byNs) {
        clockAheadNs += byNs;
    }

    /** Whether the process lives, paused or not. @return true if so */
    public final boolean isUp() {
        return isUp;
    }

    /** Whether the process stands still. @return true until its pause is over */
    public final boolean isPaused() {
        return agenda.nowNs() < pausedUntilNs;
    }

    /** Whether the process does something when it is asked to. @return false if it is dead or stands still */
    public final boolean isRunning() {
        return isUp && !isPaused();
    }

    /** Starts the process, if it is dead. */
    public final void start() {
        if (!isUp) {
            isUp = true;
            life++;
            pausedUntilNs = 0;
            turnAtNs = NEVER;
            onStart();
            wake(0);
        }
    }

    /** Kills the process, if it lives. */
    public final void kill() {
        if (isUp) {
            isUp = false;
            inbox.clear();
            onKilled();
        }
    }

    /** Lets the process stand still. @param durationNs from now */
    public final void pause(final long durationNs) {
        pausedUntilNs = Math.max(pausedUntilNs, agenda.nowNs() + durationNs);
    }

    /** The process goes on at once. */
    public final void resume() {
        pausedUntilNs = Math.min(pausedUntilNs, agenda.nowNs());
        wake(0);
    }

    /** Something arrives: lost if nobody is there. @param message for the process */
    public final void deliver(final Object message) {
        if (isUp) {
            inbox.add(message);
            wake(0);
        }
    }

    /** What came first of what was not taken. @return null if there is nothing */
    protected final Object take() {
        return inbox.poll();
    }

    /** The process gets a turn, if it does not get an earlier one. @param delayNs from now */
    protected final void wake(final long delayNs) {
        final long atNs = Math.max(agenda.nowNs() + delayNs, pausedUntilNs);
        if (isUp && atNs < turnAtNs) {
            turnAtNs = atNs;
            final long ofLife = life;
            agenda.at(atNs, () -> turnIfDue(ofLife, atNs));
        }
    }

    /**
     * Something that the process does by itself later, if it still lives then and as soon as it is not paused.
     *
     * @param delayNs from now
     * @param what it does
     */
    protected final void later(final long delayNs, final Runnable what) {
        final long ofLife = life;
        agenda.after(delayNs, () -> doIfAlive(ofLife, what));
    }

    private void doIfAlive(final long ofLife, final Runnable what) {
        if (isUp && life == ofLife) {
            if (isPaused()) {
                agenda.at(pausedUntilNs, () -> doIfAlive(ofLife, what));
            } else {
                what.run();
            }
        }
    }

    private void turnIfDue(final long ofLife, final long atNs) {
        if (!isUp || life != ofLife || atNs != turnAtNs) {
            return;
        }
        turnAtNs = NEVER;
        if (isPaused()) {
            wake(0);
        } else {
            turn();
        }
    }

    /** The process begins. */
    protected abstract void onStart();

    /** The process is gone, with all that it had in memory. */
    protected abstract void onKilled();

    /** The process does what there is to do. */
    protected abstract void turn();
}
