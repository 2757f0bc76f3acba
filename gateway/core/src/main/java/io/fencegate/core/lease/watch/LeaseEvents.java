package io.fencegate.core.lease.watch;

/**
 * Where watches are told of. What becomes of it must decide nothing: whether a watcher keeps up differs from node to
 * node.
 *
 * <p>Called by the thread that drives the lease table, which must not be called back.
 */
public interface LeaseEvents {
    /**
     * A watch was asked for, for the first time or again: the answer to its command.
     *
     * @param watch that stands
     * @param revision of the last event before it; those behind it are told
     */
    void onWatching(Watch watch, long revision);

    /**
     * Something happened that a watch is to be told.
     *
     * @param watch to be told
     * @param event borrowed for the call
     */
    void onEvent(Watch watch, LeaseEvent event);

    /**
     * A watch is no more.
     *
     * @param watch that stood
     */
    void onWatchEnded(Watch watch);
}
