package io.fencegate.client.session.lease;

import io.fencegate.client.session.Jitter;
import io.fencegate.client.session.RequestIds;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseVerdict;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one lease: says when to renew it, and what to tell its holder.
 *
 * <pre>
 *   confirmed       renewal due         danger            unconfirmed
 *      |---- ttl/3 ------|----- ttl/3 -----|----- ttl/3 ------|----->  our clock
 *      when the confirmed renewal was sent for the first time
 * </pre>
 *
 * <p>The sequencer's time begins when it hears of a renewal, so that a lease confirmed by a renewal sent at some moment
 * runs at least a TTL from that moment, as long as our clock and the log's run alike. What our clock says is only told;
 * whether the lease is lost, the sequencer says. It is never acquired again.
 *
 * <p>One thread; a time is the process's monotonic clock in nanoseconds, in which a pause counts in full.
 */
public final class KeeperSession {
    /** Least time between two renewals, in nanoseconds, however short the TTL is. */
    public static final long RENEW_INTERVAL_MIN_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int JITTER_PARTS = 10;

    private final Jitter jitter;
    private final long ttlNs;
    private Grant grant;
    private long remainingMs;
    private long firstSentNs;
    private LeaseCommand renew;
    private long confirmedUntilNs;
    private long renewAtNs;
    private boolean isRenewedNews;
    private boolean isDangerTold;
    private boolean isUnconfirmedTold;
    private LeaseLoss loss;
    private boolean isLossTold;

    /**
     * Keeps a lease. Its first renewal is due at once, however young the grant is.
     *
     * @param grant of the lease
     * @param remainingMs what was left of it when it was granted or renewed, in milliseconds
     * @param firstSentNs when the command that it was granted or renewed by was sent for the first time
     * @param nowNs the time
     * @param jitter spreads the renewals
     */
    public KeeperSession(
            final Grant grant, final long remainingMs, final long firstSentNs, final long nowNs, final Jitter jitter) {
        this.grant = grant;
        this.remainingMs = remainingMs;
        this.firstSentNs = firstSentNs;
        this.jitter = jitter;
        this.ttlNs = TimeUnit.MILLISECONDS.toNanos(grant.ttlMs());
        // When the sequencer answered is not known, but not before it was asked.
        this.confirmedUntilNs = firstSentNs + Math.min(ttlNs, leftNs());
        this.renewAtNs = nowNs;
    }

    /**
     * The renewal that is to be begun now.
     *
     * @param nowNs the time
     * @param requestIds for its number
     * @return null if none is due, or one is under way
     */
    public LeaseCommand next(final long nowNs, final RequestIds requestIds) {
        takeAnswer(nowNs);
        if (loss != null || renew != null || nowNs - renewAtNs < 0) {
            return null;
        }
        renew = LeaseCommand.renew(requestIds.next(), grant, grant.ttlMs());
        return renew;
    }

    /** How long the first attempt of a renewal waits for its answer, at most. @return in nanoseconds, with jitter */
    public long attemptNs() {
        final long attemptNs = Math.max(RENEW_INTERVAL_MIN_NS, ttlNs / 6);
        return attemptNs - jitter.draw(attemptNs / 4);
    }

    /**
     * What there is to tell, one at a time.
     *
     * @param nowNs the time
     * @return NONE if there is no more
     */
    public KeeperNews news(final long nowNs) {
        takeAnswer(nowNs);
        if (loss != null) {
            final boolean isNews = !isLossTold;
            isLossTold = true;
            return isNews ? KeeperNews.LOST : KeeperNews.NONE;
        }
        if (isRenewedNews) {
            isRenewedNews = false;
            return KeeperNews.RENEWED;
        }
        final long leftNs = confirmedUntilNs - nowNs;
        if (leftNs <= 0 && !isUnconfirmedTold) {
            isUnconfirmedTold = true;
            isDangerTold = true;
            return KeeperNews.UNCONFIRMED;
        }
        if (leftNs > 0 && leftNs <= ttlNs / 3 && !isDangerTold) {
            isDangerTold = true;
            return KeeperNews.DANGER;
        }
        return KeeperNews.NONE;
    }

    private void takeAnswer(final long nowNs) {
        if (renew == null || !renew.isDone()) {
            return;
        }
        final LeaseCommand answered = renew;
        renew = null;
        if (answered.answer().verdict() == LeaseVerdict.RENEWED) {
            onRenewed(answered, nowNs);
        } else if (answered.answer().verdict() == LeaseVerdict.LEASE_LOST) {
            onLost(answered.answer());
        } else {
            // Another refusal says nothing of the lease (too many clients, an answer forgotten): ask again, not at
            // once.
            renewAtNs = nowNs + attemptNs();
        }
    }

    private void onRenewed(final LeaseCommand answered, final long nowNs) {
        final LeaseAnswer answer = answered.answer();
        firstSentNs = answered.pace().firstSentNs();
        grant = new Grant(grant.resource(), grant.token(), grant.clientId(), grant.ttlMs(), answer.seal());
        remainingMs = answer.remainingMs();
        // A repeated renewal is answered with what is left by then of the time that the first one gave.
        confirmedUntilNs = nowNs + Math.min(firstSentNs + ttlNs - nowNs, leftNs());
        final long dueNs = confirmedUntilNs - ttlNs + ttlNs / 3 - jitter.draw(ttlNs / 3 / JITTER_PARTS);
        final long soonestNs = Math.max(nowNs, firstSentNs + attemptNs());
        renewAtNs = dueNs - soonestNs > 0 ? dueNs : soonestNs;
        if (confirmedUntilNs - nowNs > 0) {
            isRenewedNews = true;
            isUnconfirmedTold = false;
            isDangerTold = false;
        }
    }

    private long leftNs() {
        return TimeUnit.MILLISECONDS.toNanos(Math.max(0, remainingMs));
    }

    private void onLost(final LeaseAnswer answer) {
        loss = new LeaseLoss(grant.resource(), grant.token(), answer.end(), answer.token(), answer.holder());
    }

    /** The grant as answered last. @return with the newest seal */
    public Grant grant() {
        return grant;
    }

    /** What was left of the lease when the sequencer answered last. @return in milliseconds of log time */
    public long remainingMs() {
        return remainingMs;
    }

    /** When the command that the sequencer answered last was sent for the first time. @return the time */
    public long firstSentNs() {
        return firstSentNs;
    }

    /** What is left at least of the lease. @param nowNs the time @return in nanoseconds, 0 if it is not known to run */
    public long leftNs(final long nowNs) {
        return Math.max(0, confirmedUntilNs - nowNs);
    }

    /** Whether the sequencer's last word on the lease covers the present. @param nowNs the time @return true if so */
    public boolean isConfirmed(final long nowNs) {
        return loss == null && confirmedUntilNs - nowNs > 0;
    }

    /** The renewal under way. @return null if there is none */
    public LeaseCommand renewal() {
        return renew;
    }

    /** How the lease was lost. @return null as long as it is not */
    public LeaseLoss loss() {
        return loss;
    }
}
