package io.fencegate.verification.capacity;

/** Times and work of one kind of callback: how many there were, and the longest. One thread. */
final class Stopwatch {
    private long count;
    private long totalNs;
    private long longestNs;
    private long workMost;

    /** One more. */
    void add(final long ns, final long work) {
        count++;
        totalNs += ns;
        longestNs = Math.max(longestNs, ns);
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

    /** The most work of one callback. */
    long workMost() {
        return workMost;
    }
}
