package io.fencegate.sequencer.charter;

import io.aeron.cluster.service.Cluster;
import io.fencegate.sequencer.charter.UnfitNodeException.Difference;
import io.fencegate.sequencer.counters.SequencerCounters;

/**
 * Brings the charter into the log, once in a cluster's life. When a term begins and the cluster is not founded, each node
 * schedules a {@link FoundingTimer} that bears the digest of its own charter; only the leader's gets into the log, where every node
 * compares it with its own. The first one in the log counts, whatever is fired later.
 *
 * <p>Its state comes from the log alone. Called by the service container's thread.
 */
public final class Founding {
    private final Charter charter;
    private final SequencerCounters counters;
    private final long timerId;
    private boolean isFounded;

    /**
     * A cluster that is not founded.
     *
     * @param charter of this node
     * @param counters of this node
     */
    public Founding(final Charter charter, final SequencerCounters counters) {
        this.charter = charter;
        this.counters = counters;
        timerId = FoundingTimer.CHARTER.id(charter.digest());
    }

    /** Whether the log has said by what it decides. @return true from then on */
    public boolean isFounded() {
        return isFounded;
    }

    /** Digest of this node's charter, which is the cluster's once it is founded. @return 62 bits */
    public long digest() {
        return FoundingTimer.value(timerId);
    }

    /**
     * A term began: proposes this node's charter where there is none.
     *
     * @param cluster that fires the timer, if this node leads
     * @param timestamp of the log
     */
    public void onNewTerm(final Cluster cluster, final long timestamp) {
        if (!isFounded) {
            FoundingTimer.schedule(cluster, timerId, timestamp);
        }
    }

    /**
     * A founding timer fired, of whatever leader.
     *
     * @param cluster that may hold this node's own timer still
     * @param firedId of the timer
     * @throws UnfitNodeException if the cluster was founded with another charter than this node's
     */
    public void onFired(final Cluster cluster, final long firedId) {
        if (isFounded) {
            counters.onFoundingIgnored();
            return;
        }
        compare(FoundingTimer.value(firedId));
        found();
        // A term that began since may have scheduled it anew: it would only be ignored.
        FoundingTimer.cancel(cluster, timerId);
    }

    /**
     * Goes on as a snapshot says.
     *
     * @param wasFounded whether there was a charter
     * @param digest of it
     * @throws UnfitNodeException if it is another charter than this node's
     */
    public void restore(final boolean wasFounded, final long digest) {
        if (wasFounded) {
            compare(digest);
            found();
        }
    }

    /** A node is set up otherwise than its cluster. @return the exception to throw, which names this node's values */
    public UnfitNodeException unfit() {
        return new UnfitNodeException(
                Difference.CHARTER,
                "this node's values differ from those that the cluster was founded with: " + charter
                        + "; set them as on the other nodes, or, if this node is right, begin a new cluster");
    }

    private void compare(final long digest) {
        if (digest != digest()) {
            throw unfit();
        }
    }

    private void found() {
        isFounded = true;
        counters.onFounded();
    }
}
