package io.fencegate.client.lease;

import io.fencegate.client.session.lease.LeaseCommand;
import io.fencegate.client.session.lease.WatchNews;
import io.fencegate.client.session.lease.WatchSession;

/**
 * A watch over leases, which goes on after a lost connection, a new leader, and a restart of the sequencer, and tells
 * where events may have been missed.
 *
 * <p>The client's thread. A poll tells at most what one poll of the connection brings: a few events.
 */
public final class LeaseWatch implements LeaseTask, AutoCloseable {
    private final LeaseEngine engine;
    private final WatchSession session;
    private final WatchListener listener;
    private boolean isClosed;

    LeaseWatch(final LeaseEngine engine, final WatchSession session, final WatchListener listener) {
        this.engine = engine;
        this.session = session;
        this.listener = listener;
        engine.session().add(session);
    }

    @Override
    public int work(final long realNs, final long nowNs) {
        int workCount = 0;
        final LeaseCommand watch = isClosed ? null : session.next();
        if (watch != null) {
            engine.beginEndless(watch, engine.times().attemptTimeoutNs());
            workCount++;
        }
        WatchNews news = isClosed ? WatchNews.NONE : session.news();
        while (news != WatchNews.NONE) {
            tell(news);
            workCount++;
            news = isClosed ? WatchNews.NONE : session.news();
        }
        return workCount;
    }

    private void tell(final WatchNews news) {
        switch (news) {
            case EVENT -> listener.onEvent(session.takeEvent());
            case GAP -> listener.onGap();
            case WATCHING -> listener.onWatching(session.revision());
            case REFUSED -> {
                isClosed = true;
                engine.session().remove(session);
                listener.onRefused(session.refusal());
            }
            default -> throw new IllegalStateException("news=" + news);
        }
    }

    @Override
    public boolean isOver() {
        return isClosed;
    }

    /** What is watched. @return the prefix of the names; empty: all */
    public String prefix() {
        return session.prefix();
    }

    /** Whether the sequencer watches. @return false before its first answer, while it is not reached, and at the end */
    public boolean isWatching() {
        return !isClosed && session.isWatching();
    }

    /** Ends the watch: nothing more is told. */
    @Override
    public void close() {
        final boolean isOutermost = engine.thread().enter();
        try {
            stop();
        } finally {
            engine.thread().exit(isOutermost);
        }
    }

    private void stop() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        engine.session().remove(session);
        if (session.command() != null) {
            engine.session().forget(session.command());
        }
        if (session.isKnown()) {
            engine.begin(session.unwatch(engine.requestIds().next()), 0);
        }
    }
}
