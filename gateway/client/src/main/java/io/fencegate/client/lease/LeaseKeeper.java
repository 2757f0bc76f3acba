package io.fencegate.client.lease;

import io.fencegate.client.session.lease.KeeperNews;
import io.fencegate.client.session.lease.KeeperSession;
import io.fencegate.client.session.lease.LeaseCommand;
import io.fencegate.client.session.lease.LeaseLoss;

/**
 * Renews a lease at a third of its TTL until it is closed or the lease is lost, whenever the client is polled. The first
 * renewal is sent at once, however young the lease is. It never acquires again.
 *
 * <p>The client's thread.
 */
public final class LeaseKeeper implements LeaseTask, AutoCloseable {
    private final LeaseEngine engine;
    private final KeeperSession session;
    private final LeaseListener listener;
    private Lease lease;
    private boolean isClosed;

    LeaseKeeper(final LeaseEngine engine, final Lease lease, final LeaseListener listener) {
        this.engine = engine;
        this.lease = lease;
        this.listener = listener;
        this.session = new KeeperSession(
                lease.grant(), lease.remainingMs(), lease.firstSentNs(), System.nanoTime(), engine.jitter());
    }

    @Override
    public int work(final long realNs, final long nowNs) {
        int workCount = 0;
        final LeaseCommand renew = isClosed ? null : session.next(realNs, engine.requestIds());
        if (renew != null) {
            engine.beginEndless(renew, session.attemptNs());
            workCount++;
        }
        if (session.firstSentNs() != lease.firstSentNs()) {
            lease = new Lease(session.grant(), session.remainingMs(), session.firstSentNs());
            engine.onRenewed(lease.grant());
        }
        KeeperNews news = isClosed ? KeeperNews.NONE : session.news(realNs);
        while (news != KeeperNews.NONE) {
            tell(news, realNs);
            workCount++;
            news = isClosed ? KeeperNews.NONE : session.news(realNs);
        }
        return workCount;
    }

    private void tell(final KeeperNews news, final long realNs) {
        switch (news) {
            case RENEWED -> listener.onRenewed(lease);
            case DANGER -> listener.onDanger(lease, session.leftNs(realNs));
            case UNCONFIRMED -> listener.onUnconfirmed(lease);
            case LOST -> listener.onLost(session.loss());
            default -> throw new IllegalStateException("news=" + news);
        }
    }

    @Override
    public boolean isOver() {
        return isClosed || session.loss() != null;
    }

    /** The lease as the sequencer answered last. @return with the newest seal */
    public Lease lease() {
        return lease;
    }

    /** Whether it is still kept. @return false once it is lost or this keeper is closed */
    public boolean isKeeping() {
        return !isOver();
    }

    /** Whether the sequencer's last word on the lease covers the present, by this process's clock. @return true if so */
    public boolean isConfirmed() {
        return session.isConfirmed(System.nanoTime());
    }

    /** How the lease was lost. @return null as long as it is not */
    public LeaseLoss loss() {
        return session.loss();
    }

    /** Stops keeping, and ends the lease. @return the release under way */
    public PendingRelease release() {
        final boolean isOutermost = engine.thread().enter();
        try {
            final PendingRelease release = LeaseCalls.offerRelease(engine, lease.grant());
            stop();
            return release;
        } finally {
            engine.thread().exit(isOutermost);
        }
    }

    /** Stops keeping: nothing more is told, and the lease runs on until its time is over. */
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
        isClosed = true;
        if (session.renewal() != null) {
            engine.session().forget(session.renewal());
        }
    }
}
