package io.fencegate.benchmarks.sequencer;

import io.fencegate.benchmarks.rig.Idling;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * Before every thread of a cluster: while it is open, they idle as they are told to; while it is closed, each sleeps some
 * milliseconds after every turn, so that the cluster lives on, heartbeats and all, and leaves the cores to the other one.
 *
 * <p>Any thread; each of the strategies is one thread's.
 */
final class Gate {
    /** Of a closed gate, at each turn: a small part of the time in which a leader must be heard of. */
    static final long PARK_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Idling idling;
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private volatile boolean isOpen = true;

    /**
     * An open gate.
     *
     * @param idling {@link Idling#BACKOFF}: as shipped; else what threads do instead
     */
    Gate(final Idling idling) {
        this.idling = idling;
    }

    /** Opens or closes the gate. @param open whether to idle as told */
    void open(final boolean open) {
        isOpen = open;
    }

    /** A thread's strategy behind this gate. @param shipped that it would have without one */
    IdleStrategy before(final IdleStrategy shipped) {
        return new Gated(idling == Idling.BACKOFF ? shipped : idling.strategy());
    }

    /** What all threads behind the gate have taken. @return nanoseconds of processor time, of those alive */
    long cpuNs() {
        long cpuNs = 0;
        for (final Thread thread : threads) {
            cpuNs += Math.max(0, THREADS.getThreadCpuTime(thread.getId()));
        }
        return cpuNs;
    }

    /** How many threads have idled here. @return their count */
    int threads() {
        return threads.size();
    }

    private final class Gated implements IdleStrategy {
        private final IdleStrategy open;
        private Thread thread;

        Gated(final IdleStrategy open) {
            this.open = open;
        }

        @Override
        public void idle(final int workCount) {
            note();
            if (isOpen) {
                open.idle(workCount);
            } else {
                LockSupport.parkNanos(PARK_NS);
            }
        }

        @Override
        public void idle() {
            note();
            if (isOpen) {
                open.idle();
            } else {
                LockSupport.parkNanos(PARK_NS);
            }
        }

        @Override
        public void reset() {
            open.reset();
        }

        @Override
        public String alias() {
            return "gated-" + open.alias();
        }

        private void note() {
            if (thread == null) {
                thread = Thread.currentThread();
                if (!threads.contains(thread)) {
                    threads.add(thread);
                }
            }
        }
    }
}
