package io.fencegate.client.session;

/**
 * Numbers for requests: from a random start, counting, never 0.
 *
 * <p>One thread.
 */
public final class RequestIds {
    private long last;

    /**
     * Numbers behind a start.
     *
     * @param start random, so that another process of the same holder does not give the same numbers
     */
    public RequestIds(final long start) {
        last = start;
    }

    /** The next number. @return different from all before it, and not 0 */
    public long next() {
        last++;
        if (last == 0) {
            last = 1;
        }
        return last;
    }
}
