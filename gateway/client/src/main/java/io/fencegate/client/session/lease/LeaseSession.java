package io.fencegate.client.session.lease;

import io.fencegate.core.grant.LeaseVerdict;
import java.util.List;

/**
 * One command to the sequencer and its answer. Answers to other commands (a repeated one's second answer, another
 * client's) are passed over.
 *
 * <p>One thread.
 */
public final class LeaseSession {
    private long clientId;
    private long requestId;
    private LeaseVerdict verdict;
    private boolean isAnswered = true;
    private boolean wasQueued;
    private boolean isHeard;
    private int place;
    private long token;
    private long seal;
    private long ttlMs;
    private long remainingMs;
    private List<HeldLease> page = List.of();
    private boolean hasMore;

    /**
     * A new command: forgets the one before.
     *
     * @param client that asks
     * @param request unique for this client
     */
    public void start(final long client, final long request) {
        clientId = client;
        requestId = request;
        verdict = null;
        isAnswered = false;
        wasQueued = false;
        isHeard = false;
        place = 0;
        token = 0;
        seal = 0;
        ttlMs = 0;
        remainingMs = 0;
        page = List.of();
        hasMore = false;
    }

    /** Whether an answer is due to this command. @param client that asked @param request its number @return true if so */
    public boolean isDue(final long client, final long request) {
        return !isAnswered && clientId == client && requestId == request;
    }

    /**
     * The lease is the caller's.
     *
     * @param answer GRANTED or RENEWED
     * @param grantToken token of the grant
     * @param grantSeal seal of the grant
     * @param grantTtlMs the lease's time to live
     * @param leftMs what is left of it
     */
    public void onHeld(
            final LeaseVerdict answer,
            final long grantToken,
            final long grantSeal,
            final long grantTtlMs,
            final long leftMs) {
        answer(answer);
        token = grantToken;
        seal = grantSeal;
        ttlMs = grantTtlMs;
        remainingMs = leftMs;
    }

    /** The caller stands in the queue; another answer follows. @param placeInQueue from 1 */
    public void onQueued(final int placeInQueue) {
        verdict = LeaseVerdict.QUEUED;
        wasQueued = true;
        isHeard = true;
        place = placeInQueue;
    }

    /** Somebody else holds the lease. @param holderToken token of the holder @param leftMs what is left of its lease */
    public void onDenied(final long holderToken, final long leftMs) {
        answer(LeaseVerdict.DENIED);
        token = holderToken;
        remainingMs = leftMs;
    }

    /** The lease was ended. @param released token of the lease */
    public void onReleased(final long released) {
        answer(LeaseVerdict.RELEASED);
        token = released;
    }

    /** Any other refusal. @param refusal the verdict @param currentToken token of the holder; 0 if none */
    public void onRefused(final LeaseVerdict refusal, final long currentToken) {
        answer(refusal);
        token = currentToken;
    }

    /** Leases were listed. @param leases in the order of their names @param more whether there are leases behind them */
    public void onPage(final List<HeldLease> leases, final boolean more) {
        isAnswered = true;
        page = leases;
        hasMore = more;
    }

    private void answer(final LeaseVerdict answer) {
        verdict = answer;
        isAnswered = true;
    }

    /**
     * Whether the sequencer runs the lease for a short time only, until it hears of its holder: it was granted out of
     * the queue.
     *
     * @return true if the caller should renew at once
     */
    public boolean mustRenew() {
        return verdict == LeaseVerdict.GRANTED && (wasQueued || remainingMs < ttlMs);
    }

    /** Whether the command has its final answer. @return true from then on */
    public boolean isAnswered() {
        return isAnswered;
    }

    /** The answer so far. @return null if there is none, or for a page */
    public LeaseVerdict verdict() {
        return verdict;
    }

    /** Whether the sequencer was heard of without a final answer. @return true once for each time */
    public boolean takeHeard() {
        final boolean heard = isHeard;
        isHeard = false;
        return heard;
    }

    /** Place in the queue as last told. @return from 1; 0 if never queued */
    public int place() {
        return place;
    }

    /** Token of the grant, or of the lease's holder where the command was refused. @return 0 if none */
    public long token() {
        return token;
    }

    /** Seal of the grant. @return 0 without a key */
    public long seal() {
        return seal;
    }

    /** The lease's time to live. @return in milliseconds of log time */
    public long ttlMs() {
        return ttlMs;
    }

    /** What is left of the lease. @return in milliseconds of log time */
    public long remainingMs() {
        return remainingMs;
    }

    /** The listed leases. @return in the order of their names */
    public List<HeldLease> page() {
        return page;
    }

    /** Whether there are leases behind the page. @return true if so */
    public boolean hasMore() {
        return hasMore;
    }
}
