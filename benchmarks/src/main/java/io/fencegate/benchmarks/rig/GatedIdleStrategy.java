package io.fencegate.benchmarks.rig;

import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * Idles as another strategy does while its gate is open, and sleeps in steps of a millisecond while it is closed: so two
 * spinning subjects can live in one process, and only the one that is measured takes a core.
 *
 * <p>One thread idles; any other opens and closes.
 */
public final class GatedIdleStrategy implements IdleStrategy {
    private static final long CLOSED_PARK_NS = 1_000_000;

    private final IdleStrategy idle;
    private volatile boolean isOpen = true;

    /**
     * An open gate.
     *
     * @param idle what to do while it is open
     */
    public GatedIdleStrategy(final IdleStrategy idle) {
        this.idle = idle;
    }

    /** Opens or closes the gate. @param open whether to idle as the other strategy does */
    public void open(final boolean open) {
        isOpen = open;
    }

    @Override
    public void idle(final int workCount) {
        if (isOpen) {
            idle.idle(workCount);
        } else if (workCount == 0) {
            LockSupport.parkNanos(CLOSED_PARK_NS);
        }
    }

    @Override
    public void idle() {
        if (isOpen) {
            idle.idle();
        } else {
            LockSupport.parkNanos(CLOSED_PARK_NS);
        }
    }

    @Override
    public void reset() {
        idle.reset();
    }

    @Override
    public String alias() {
        return "gated-" + idle.alias();
    }
}
