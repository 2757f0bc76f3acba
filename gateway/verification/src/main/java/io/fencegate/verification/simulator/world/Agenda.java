package io.fencegate.verification.simulator.world;

import java.util.PriorityQueue;

/**
 * Virtual time, and what happens when. Things due at one instant happen in the order in which they were put down.
 *
 * <p>One thread.
 */
public final class Agenda {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long nowNs;
    private long count;

    /** The time. @return nanoseconds since the simulation began */
    public long nowNs() {
        return nowNs;
    }

    /**
     * Puts something down.
     *
     * @param atNs when it happens; not before now
     * @param what happens
     */
    public void at(final long atNs, final Runnable what) {
        entries.add(new Entry(Math.max(atNs, nowNs), count++, what));
    }

    /**
     * Puts something down.
     *
     * @param delayNs from now, not negative
     * @param what happens
     */
    public void after(final long delayNs, final Runnable what) {
        at(nowNs + delayNs, what);
    }

    /**
     * Lets everything happen that is due, and moves time on.
     *
     * @param untilNs when to stop
     */
    public void runUntil(final long untilNs) {
        while (!entries.isEmpty() && entries.peek().atNs <= untilNs) {
            final Entry entry = entries.poll();
            nowNs = entry.atNs;
            entry.what.run();
        }
        nowNs = Math.max(nowNs, untilNs);
    }

    /** One thing to happen. */
    private record Entry(long atNs, long number, Runnable what) implements Comparable<Entry> {
        @Override
        public int compareTo(final Entry other) {
            return atNs != other.atNs ? Long.compare(atNs, other.atNs) : Long.compare(number, other.number);
        }
    }
}
