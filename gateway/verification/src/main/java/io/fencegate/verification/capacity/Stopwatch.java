package io.fencegate.verification.capacity;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Times and work of one kind of callback: how many there were, and the longest. One thread. */
final class Stopwatch {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long count;
    private long totalNs;
    private long longestNs;
    private long longestCpuNs;
    private long workMost;
    private long beganNs;
    private long beganCpuNs;

    /** One more begins. */
    void start() {
        beganCpuNs = threads.getCurrentThreadCpuTime();
        beganNs = System.nanoTime();
    }

    /** It has ended. */
    void stop() {
        final long ns = System.nanoTime() - beganNs;
        count++;
        totalNs += ns;
        longestNs = Math.max(longestNs, ns);
        longestCpuNs = Math.max(longestCpuNs, threads.getCurrentThreadCpuTime() - beganCpuNs);
    }

    /** It was so much work. */
    void work(final long work) {
        workMost = Math.max(workMost, work);
    }

    long count() {
        return count;
    }

    long totalNs() {
        return totalNs;
    }

    long longestNs() {
        return longestNs;
    }

    /** The longest by what it took of a processor: what the machine did meanwhile is left out. */
    long longestCpuNs() {
        return longestCpuNs;
    }

    /** The most work of one callback. */
    long workMost() {
        return workMost;
    }
}
