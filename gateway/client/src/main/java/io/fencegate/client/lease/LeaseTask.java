package io.fencegate.client.lease;

/**
 * Something under way at the sequencer that goes on whenever the client is polled.
 *
 * <p>The client's thread.
 */
interface LeaseTask {
    /**
     * Takes in what was answered, begins what is due, tells what there is to tell.
     *
     * @param realNs the process's monotonic clock
     * @param nowNs the time of the calls
     * @return work done
     */
    int work(long realNs, long nowNs);

    /** Whether it has ended. */
    boolean isOver();
}
