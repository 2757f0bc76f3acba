package io.fencegate.core.lease.order;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Token;

/**
 * Issues the tokens: rising numbers, none twice. A token's term is the leadership term plus the term offset; its serial
 * counts the grants of the leadership term from 1. As the next leader's term is higher, a token that was issued and then lost with
 * a failing cluster's log is never issued again.
 *
 * <p>That holds also where the command that raised the term offset is lost with the log, so that the offset falls back:
 * offsets are multiples of 2^16, so two leadership terms less than 2^16 apart have different sums whatever their offsets
 * are. A token could come twice only if the lost command was followed by 65,536 leadership terms or more without another
 * one, to the very term that has the lost sum.
 *
 * <p>Driven by the log; one thread.
 */
public final class TokenSequence {
    /** No token is left: in this leadership term, in all, or because no leadership term has begun. */
    public static final long EXHAUSTED = 0;

    /** The term offset rises in steps of this, so that no two leadership terms less than this apart give one term. */
    public static final long TERM_OFFSET_STEP = 1L << 16;

    /** Stands for no leadership term. */
    public static final long NO_TERM = -1;

    private long termOffset;
    private long leadershipTermId = NO_TERM;
    private long serial;

    /** Begins with the term offset of a sequencer that was never told to raise it: 0. */
    public TokenSequence() {
        this(0);
    }

    /**
     * Begins above what an earlier sequencer may have issued.
     *
     * @param termOffset 0 or a positive multiple of {@link #TERM_OFFSET_STEP}, up to {@link Token#TERM_MAX}
     * @throws IllegalArgumentException if it is none
     */
    public TokenSequence(final long termOffset) {
        if (!isTermOffset(termOffset)) {
            throw new IllegalArgumentException("no such term offset: termOffset=" + termOffset);
        }
        this.termOffset = termOffset;
    }

    /**
     * A leadership term began: its serials start at 1. Being told again of the current term changes nothing.
     *
     * @param leadershipTermId as the log delivered it, from 0
     * @throws IllegalStateException if it is below the current one, or negative: an impossible state
     */
    public void onTerm(final long leadershipTermId) {
        if (leadershipTermId < 0 || leadershipTermId < this.leadershipTermId) {
            throw new IllegalStateException("leadership terms only rise: leadershipTermId=" + leadershipTermId
                    + " current=" + this.leadershipTermId);
        }
        if (leadershipTermId > this.leadershipTermId) {
            this.leadershipTermId = leadershipTermId;
            serial = 0;
        }
    }

    /**
     * Issues a token. Only for a lease that is granted now.
     *
     * @return the token, above all before, or {@link #EXHAUSTED}
     */
    public long next() {
        if (leadershipTermId == NO_TERM
                || serial == Token.SERIAL_MAX
                || leadershipTermId > Token.TERM_MAX - termOffset) {
            return EXHAUSTED;
        }
        serial++;
        return Token.of(leadershipTermId + termOffset, serial);
    }

    /**
     * Raises the term offset by as many steps as it takes, so that every token from now on is above one that another life
     * of the sequencer issued. The serials of the leadership term go on.
     *
     * @param token a valid token
     * @return FLOOR_RAISED; FLOOR_KEPT, and nothing is changed, if the next token is above it already; TOKENS_EXHAUSTED,
     *     and nothing is changed, if no term is left above it
     */
    public LeaseVerdict raiseAbove(final long token) {
        if (leadershipTermId == NO_TERM || leadershipTermId > Token.TERM_MAX - termOffset) {
            return LeaseVerdict.TOKENS_EXHAUSTED;
        }
        // With the last serial of its leadership term issued, the next token is the first of the next one.
        final boolean isTermOver = serial == Token.SERIAL_MAX;
        final long nextTerm = leadershipTermId + termOffset + (isTermOver ? 1 : 0);
        final long nextSerial = isTermOver ? 1 : serial + 1;
        final long behind = Token.term(token) - nextTerm;
        final boolean isSerialAbove = nextSerial > Token.serial(token);
        if (behind < 0 || behind == 0 && isSerialAbove) {
            return LeaseVerdict.FLOOR_KEPT;
        }
        final boolean isLevelEnough = behind % TERM_OFFSET_STEP == 0 && isSerialAbove;
        final long raisedBy = (behind / TERM_OFFSET_STEP + (isLevelEnough ? 0 : 1)) * TERM_OFFSET_STEP;
        if (nextTerm + raisedBy > Token.TERM_MAX) {
            return LeaseVerdict.TOKENS_EXHAUSTED;
        }
        termOffset += raisedBy;
        return LeaseVerdict.FLOOR_RAISED;
    }

    /** What is added to the leadership term. @return a multiple of {@link #TERM_OFFSET_STEP} */
    public long termOffset() {
        return termOffset;
    }

    /** The current leadership term. @return or {@link #NO_TERM} */
    public long leadershipTermId() {
        return leadershipTermId;
    }

    /** Serial of the last token issued in this leadership term. @return 0 if none */
    public long serial() {
        return serial;
    }

    /**
     * Takes over the state of a snapshot.
     *
     * @param termOffset of the snapshot
     * @param leadershipTermId of the snapshot
     * @param serial of the snapshot
     * @throws IllegalStateException if the values are no state of a sequence
     */
    public void restore(final long termOffset, final long leadershipTermId, final long serial) {
        if (!isTermOffset(termOffset)
                || leadershipTermId < NO_TERM
                || serial < 0
                || serial > Token.SERIAL_MAX
                || (leadershipTermId == NO_TERM && serial != 0)) {
            throw new IllegalStateException("no state of a token sequence: termOffset=" + termOffset
                    + " leadershipTermId=" + leadershipTermId + " serial=" + serial);
        }
        this.termOffset = termOffset;
        this.leadershipTermId = leadershipTermId;
        this.serial = serial;
    }

    private static boolean isTermOffset(final long termOffset) {
        return termOffset >= 0 && termOffset <= Token.TERM_MAX && termOffset % TERM_OFFSET_STEP == 0;
    }
}
