package io.fencegate.client.session.lease;

import io.fencegate.core.grant.LeaseVerdict;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One watch: sets it up again, with the same request, on each new connection, with each new leader, and where the
 * sequencer says that it dropped events; and tells where events may have been missed. It may say so where none were,
 * never the other way round: a new leader, and a new session, may begin with events that this watch was not told of.
 *
 * <p>One thread.
 */
public final class WatchSession {
    private final Queue<LeaseEvent> events = new ArrayDeque<>();
    private final Queue<WatchNews> news = new ArrayDeque<>();
    private final long clientId;
    private final long requestId;
    private final String prefix;
    private LeaseCommand watch;
    private LeaseVerdict refusal;
    private long revisionLast;
    private long revisionTold;
    private boolean isWatching;
    private boolean wasWatching;

    /**
     * A watch that is not set up yet.
     *
     * @param clientId that watches
     * @param requestId its name
     * @param prefix of the names, or empty
     */
    public WatchSession(final long clientId, final long requestId, final String prefix) {
        this.clientId = clientId;
        this.requestId = requestId;
        this.prefix = prefix;
    }

    /**
     * The command that is to be begun now.
     *
     * @return null if none is due, or one is under way: that is sent again on a new connection by itself
     */
    public LeaseCommand next() {
        takeAnswer();
        if (refusal != null || watch != null || isWatching) {
            return null;
        }
        watch = LeaseCommand.watch(clientId, requestId, prefix);
        return watch;
    }

    /** A new connection, a new leader, or the sequencer's word that it tells nothing more until it is asked again. */
    public void onDisturbed() {
        takeAnswer();
        isWatching = false;
    }

    private void takeAnswer() {
        if (watch == null || !watch.isDone()) {
            return;
        }
        final LeaseAnswer answer = watch.answer();
        watch = null;
        if (answer.verdict() != null) {
            refusal = answer.verdict();
            news.add(WatchNews.REFUSED);
            return;
        }
        if (wasWatching) {
            news.add(WatchNews.GAP);
        }
        wasWatching = true;
        isWatching = true;
        revisionLast = Math.max(revisionLast, answer.revision());
        revisionTold = answer.revision();
        news.add(WatchNews.WATCHING);
    }

    /**
     * Something happened.
     *
     * @param event of this watch; one that was told before is passed over
     */
    public void onEvent(final LeaseEvent event) {
        takeAnswer();
        if (refusal == null && event.revision() > revisionLast) {
            revisionLast = event.revision();
            events.add(event);
            news.add(WatchNews.EVENT);
        }
    }

    /** What there is to tell, one at a time. @return NONE if there is no more */
    public WatchNews news() {
        takeAnswer();
        final WatchNews next = news.poll();
        return next == null ? WatchNews.NONE : next;
    }

    /** The event to tell, after the news of it. @return removed */
    public LeaseEvent takeEvent() {
        return events.remove();
    }

    /** Lease events so far, when the sequencer began to watch last. @return the count */
    public long revision() {
        return revisionTold;
    }

    /** Why the sequencer refuses. @return null as long as it does not */
    public LeaseVerdict refusal() {
        return refusal;
    }

    /** Whether the sequencer watches, as far as is known. @return true if so */
    public boolean isWatching() {
        return isWatching;
    }

    /** Whether the sequencer may know of this watch. @return true once it was asked */
    public boolean isKnown() {
        return wasWatching || watch != null && watch.pace().isSent();
    }

    /** The command that ends this watch. @param endId its requestId @return the command */
    public LeaseCommand unwatch(final long endId) {
        return LeaseCommand.unwatch(endId, LeaseCommand.watch(clientId, requestId, prefix));
    }

    /** The command under way. @return null if there is none */
    public LeaseCommand command() {
        return watch;
    }

    /** The client that watches. @return 64 bits */
    public long clientId() {
        return clientId;
    }

    /** Its name. @return the requestId of its command */
    public long requestId() {
        return requestId;
    }

    /** What is watched. @return the prefix of the names; empty: all */
    public String prefix() {
        return prefix;
    }
}
