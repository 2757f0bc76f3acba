package io.fencegate.client.session.lease;

import io.fencegate.client.session.keys.LiveKeys;
import io.fencegate.core.access.AccessRule;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import java.util.List;

/**
 * The answer to one command, as far as it is known: a place in a queue is not the last word, everything else is.
 *
 * <p>One thread.
 */
public final class LeaseAnswer {
    private LeaseVerdict verdict;
    private boolean isFinal;
    private boolean wasQueued;
    private boolean isNews;
    private boolean isEarly;
    private int place;
    private long token;
    private long seal;
    private long ttlMs;
    private long remainingMs;
    private long holder;
    private LeaseEnd end = LeaseEnd.UNKNOWN;
    private long revision;
    private long termOffset;
    private LeaseState state;
    private LiveKeys keys;
    private List<HeldLease> page = List.of();
    private List<AccessRule> rules = List.of();
    private boolean hasMore;

    LeaseAnswer() {}

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
        end(answer);
        token = grantToken;
        seal = grantSeal;
        ttlMs = grantTtlMs;
        remainingMs = leftMs;
    }

    /** The caller stands in the queue; another answer follows. @param placeInQueue from 1 */
    public void onQueued(final int placeInQueue) {
        verdict = LeaseVerdict.QUEUED;
        wasQueued = true;
        isNews = true;
        place = placeInQueue;
    }

    /** The sequencer does not take commands yet: the answer is still to come, and the command to be repeated. */
    public void onNotFounded() {
        isEarly = true;
    }

    /**
     * Somebody else holds the lease.
     *
     * @param holderToken token of the holder
     * @param holderId clientId of the holder
     * @param leftMs what is left of its lease
     */
    public void onDenied(final long holderToken, final long holderId, final long leftMs) {
        end(LeaseVerdict.DENIED);
        token = holderToken;
        holder = holderId;
        remainingMs = leftMs;
    }

    /** It was done, and that is all to say. @param answer RELEASED or CANCELLED */
    public void onDone(final LeaseVerdict answer) {
        end(answer);
    }

    /**
     * Any other refusal.
     *
     * @param refusal the verdict
     * @param currentToken token of the holder; 0 if none
     * @param currentHolder clientId of the holder; 0 if none
     * @param leaseEnd how the caller's lease ended, where it was lost
     */
    public void onRefused(
            final LeaseVerdict refusal, final long currentToken, final long currentHolder, final LeaseEnd leaseEnd) {
        end(refusal);
        token = currentToken;
        holder = currentHolder;
        end = leaseEnd;
    }

    /** Leases were listed. @param leases in the order of their names @param more whether there are leases behind them */
    public void onPage(final List<HeldLease> leases, final boolean more) {
        end(null);
        page = leases;
        hasMore = more;
    }

    /** A resource was described. @param described who holds it */
    public void onDescribed(final LeaseState described) {
        end(null);
        state = described;
    }

    /**
     * Somebody's lease was ended.
     *
     * @param freshToken of the caller
     * @param freshSeal of the caller's grant
     * @param revoked what was ended: its token and holder
     */
    public void onRevoked(final long freshToken, final long freshSeal, final LeaseState revoked) {
        end(LeaseVerdict.REVOKED);
        token = freshToken;
        seal = freshSeal;
        state = revoked;
    }

    /** The next token is above the one told. @param answer FLOOR_RAISED or FLOOR_KEPT @param offset of the terms now */
    public void onFloor(final LeaseVerdict answer, final long offset) {
        end(answer);
        termOffset = offset;
    }

    /** Which keys are live was told, maybe after a change. @param live keys now */
    public void onKeys(final LiveKeys live) {
        end(null);
        keys = live;
    }

    /** The watch stands. @param events that happened so far */
    public void onWatching(final long events) {
        end(null);
        revision = events;
    }

    /**
     * Rules of who may do what.
     *
     * @param changes how often the rules changed
     * @param some of them: a page, or the one that was changed
     * @param more whether there are rules behind them
     */
    public void onAccess(final long changes, final List<AccessRule> some, final boolean more) {
        end(null);
        revision = changes;
        rules = some;
        hasMore = more;
    }

    /** The place in the queue is told no more: until the sequencer says it again, it is not known. */
    void forgetPlace() {
        wasQueued = false;
        place = 0;
    }

    private void end(final LeaseVerdict answer) {
        verdict = answer;
        isFinal = true;
    }

    /** Whether it is the last word. @return true from then on */
    public boolean isFinal() {
        return isFinal;
    }

    /** Whether the sequencer ever said that the caller stands in the queue. @return true from then on */
    public boolean wasQueued() {
        return wasQueued;
    }

    /** Whether the sequencer was heard of without a last word. @return true once for each time */
    boolean takeNews() {
        final boolean news = isNews;
        isNews = false;
        return news;
    }

    /**
     * Whether the sequencer said that the command came too early.
     *
     * @return true once for each time
     */
    boolean takeEarly() {
        final boolean early = isEarly;
        isEarly = false;
        return early;
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

    /** The answer so far. @return null if there is none, and for a page, a description, keys, rules, and a watch */
    public LeaseVerdict verdict() {
        return verdict;
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

    /** The lease's holder where the command was refused. @return its clientId; 0 if none or unknown */
    public long holder() {
        return holder;
    }

    /** How the caller's lease ended, where it was lost. @return UNKNOWN where that was not told */
    public LeaseEnd end() {
        return end;
    }

    /** Rules of who may do what. @return in their order */
    public List<AccessRule> rules() {
        return rules;
    }

    /** Lease events so far, when a watch was set up; changes of the rules, where rules are told. @return the count */
    public long revision() {
        return revision;
    }

    /** What is added to the leadership term, where a floor was asked for. @return a multiple of 2^16 */
    public long termOffset() {
        return termOffset;
    }

    /** Who holds the described resource, or held the revoked lease. @return null in any other answer */
    public LeaseState state() {
        return state;
    }

    /** The live keys. @return null in any other answer */
    public LiveKeys keys() {
        return keys;
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
