package io.fencegate.sequencer.service;

import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.fencegate.core.lease.LeaseTable;
import io.fencegate.core.lease.watch.LeaseEvent;
import io.fencegate.core.lease.watch.LeaseEvents;
import io.fencegate.core.lease.watch.Watch;
import io.fencegate.sequencer.counters.SequencerCounters;
import io.fencegate.sequencer.egress.EventPublisher;
import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Brings events to those who watch. A watcher that does not take one has a gap from then on: it is told so once, as soon
 * as its session takes that, and nothing else until it watches anew. So a slow watcher costs a few offers, and slows
 * nobody. Since a new leader can not know what the one before it has sent, every watch has a gap when a term begins.
 *
 * <p>What is remembered here is this node's own and in no snapshot: it decides nothing. Called by the service
 * container's thread.
 */
final class WatchRouter implements LeaseEvents {
    /** What a watcher has been sent. */
    private enum State {
        /** Everything since it began to watch. */
        LIVE,
        /** Not everything, and it was not told so yet. */
        GAPPED,
        /** Not everything, and it was told so. */
        TOLD
    }

    private final EventPublisher egress;
    private final SequencerCounters counters;
    private final Long2ObjectHashMap<Feed> feeds = new Long2ObjectHashMap<>();
    private final Consumer<Watch> ifGappedTell = this::tellIfGapped;
    private Cluster cluster;

    WatchRouter(final EventPublisher egress, final SequencerCounters counters) {
        this.egress = egress;
        this.counters = counters;
    }

    /** The node starts. */
    void onStart(final Cluster startedCluster) {
        cluster = startedCluster;
    }

    /** A term began, maybe with another leader. */
    void onNewTerm() {
        feeds.clear();
    }

    /** Rights were taken from somebody: who watches must watch anew, and may do so no more. */
    void onRightsTaken() {
        feeds.clear();
    }

    /** Time went by: tries again to tell those that have a gap. */
    void onTick(final LeaseTable table) {
        table.forEachWatch(ifGappedTell);
    }

    @Override
    public void onWatching(final Watch watch, final long revision) {
        final Feed feed = feedOf(watch);
        final boolean isSent = egress.onWatching(sessionOf(watch), watch, revision);
        feed.state = isSent ? State.LIVE : State.GAPPED;
        feed.revision = revision;
        counters.onSent(isSent);
    }

    @Override
    public void onEvent(final Watch watch, final LeaseEvent event) {
        final Feed feed = feedOf(watch);
        if (feed.state != State.LIVE) {
            tellIfGapped(watch, feed);
        } else if (egress.onEvent(sessionOf(watch), watch, event)) {
            feed.revision = event.revision();
        } else {
            feed.state = State.GAPPED;
            counters.onWatchDropped();
        }
    }

    @Override
    public void onWatchEnded(final Watch watch) {
        feeds.remove(watch.number());
    }

    private void tellIfGapped(final Watch watch) {
        tellIfGapped(watch, feedOf(watch));
    }

    private void tellIfGapped(final Watch watch, final Feed feed) {
        if (feed.state == State.GAPPED && egress.onWatchDropped(sessionOf(watch), watch, feed.revision)) {
            feed.state = State.TOLD;
        }
    }

    private ClientSession sessionOf(final Watch watch) {
        return cluster.getClientSession(watch.sessionId());
    }

    private Feed feedOf(final Watch watch) {
        Feed feed = feeds.get(watch.number());
        if (feed == null) {
            feed = new Feed();
            feeds.put(watch.number(), feed);
        }
        return feed;
    }

    /** How far a watcher was told: before anything is known, not at all. */
    private static final class Feed {
        private State state = State.GAPPED;
        private long revision;
    }
}
