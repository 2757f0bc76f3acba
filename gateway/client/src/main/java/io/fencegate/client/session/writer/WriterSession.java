package io.fencegate.client.session.writer;

import static io.fencegate.client.session.writer.WriteOutcome.ACCEPTED;
import static io.fencegate.client.session.writer.WriteOutcome.IN_DOUBT;
import static io.fencegate.client.session.writer.WriteOutcome.REFUSED;

import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.Verdict;

/**
 * The law of one writer: which sequence comes next, what is acknowledged, and, when the resource is opened again, what
 * became of the writes without an answer and whether the gateway still tells what it told.
 *
 * <p>A refused write takes the writer back to its sequence: what was sent behind it belongs to an older <em>round</em>
 * and is surely refused too, because the gateway accepts no sequence behind a gap.
 *
 * <p>Writes, answers and polls do not allocate. One thread.
 */
public final class WriterSession {
    private static final long ROUND_FIRST = 1;

    private final long token;
    private final WriteWindow window;
    private WriterState state = WriterState.OPENING;
    private long round = ROUND_FIRST;
    private long sequenceNext = 1;
    private long sequenceAcknowledged;
    private int crcAcknowledged;
    private Opened opened;
    private OpenJudgement judgement = OpenJudgement.CONSISTENT;
    private Verdict verdict;
    private long fenceToken;
    private long fenceClientId;
    private StopReason stopReason;

    /**
     * A writer whose resource was not opened yet.
     *
     * @param token of its grant
     * @param writesMax that may be sent and not told, positive
     */
    public WriterSession(final long token, final int writesMax) {
        this.token = token;
        this.window = new WriteWindow(writesMax);
    }

    /**
     * The resource was opened: settles the writes without an answer, or finds that the gateway contradicts itself.
     *
     * @param found what the gateway told
     * @return CONSISTENT: the writer is open and its next sequence is behind the gateway's last one; else it is broken
     *     and its unanswered writes are in doubt
     */
    public OpenJudgement onOpened(final Opened found) {
        judgement = judge(found);
        if (judgement == OpenJudgement.CONSISTENT) {
            settle(found);
            state = WriterState.OPEN;
            stopReason = null;
            verdict = null;
            fenceToken = 0;
            fenceClientId = 0;
        } else {
            putInDoubt(Verdict.OPENED);
            state = WriterState.STOPPED;
            stopReason = judgement == OpenJudgement.FOREIGN
                    ? StopReason.FOREIGN_WRITES
                    : StopReason.ACKNOWLEDGED_WRITES_LOST;
        }
        opened = found;
        return judgement;
    }

    /**
     * The resource could not be opened. STALE_TOKEN and NOT_OWNER put the writes without an answer in doubt; any other
     * refusal leaves the writer as it was, and the open may be repeated.
     *
     * @param refusal the verdict
     * @param fencedBy token that fences the caller; 0 where none does
     * @param fencedByClient client of that token's grant; 0 where none does
     */
    public void onOpenRefused(final Verdict refusal, final long fencedBy, final long fencedByClient) {
        if (refusal == Verdict.STALE_TOKEN || refusal == Verdict.NOT_OWNER) {
            stop(refusal, fencedBy, fencedByClient);
            putInDoubt(refusal);
        }
    }

    /**
     * A write was sent.
     *
     * @param payloadCrc CRC32C of its payload
     * @return its sequence: the one that {@link #sequenceNext()} told before
     */
    public long onSent(final int payloadCrc) {
        final long sequence = sequenceNext;
        window.add(sequence, payloadCrc, round);
        sequenceNext++;
        return sequence;
    }

    /**
     * The gateway accepted a write.
     *
     * @param sequence of the write
     * @param acceptance ACCEPTED or DUPLICATE
     * @param generation of the record; 0 where it was not said
     * @param position of the record; 0 where it was not said
     * @return false if this is not the answer that is due: the session is not to be trusted
     */
    public boolean onAccepted(
            final long sequence, final Verdict acceptance, final long generation, final long position) {
        if (!isDue(sequence) || window.unansweredRound(0) != round) {
            return false;
        }
        acknowledge(sequence, window.unansweredCrc(0));
        window.answer(ACCEPTED, acceptance, generation, position);
        return true;
    }

    /**
     * The gateway refused a write.
     *
     * @param sequence of the write
     * @param refusal the verdict
     * @param fencedBy token that fences the caller; 0 where none does
     * @param fencedByClient client of that token's grant; 0 where none does
     * @param sequenceExpected sequence that the gateway waits for; 0 where it did not say
     * @return false if this is not the answer that is due: the session is not to be trusted
     */
    public boolean onRefused(
            final long sequence,
            final Verdict refusal,
            final long fencedBy,
            final long fencedByClient,
            final long sequenceExpected) {
        if (!isDue(sequence)) {
            return false;
        }
        if (window.unansweredRound(0) == round) {
            round++;
            sequenceNext = sequence;
        }
        window.answer(REFUSED, refusal, fencedBy, sequenceExpected);
        if (refusal == Verdict.STALE_TOKEN || refusal == Verdict.NOT_OWNER) {
            stop(refusal, fencedBy, fencedByClient);
        }
        return true;
    }

    /** The session ended. Writes that were sent behind a STALE_TOKEN are refused as well, answered or not. */
    public void onSessionLost() {
        while (stopReason == StopReason.FENCED && window.unanswered() > 0) {
            window.answer(REFUSED, Verdict.STALE_TOKEN, fenceToken, 0);
        }
    }

    private OpenJudgement judge(final Opened found) {
        if (opened == null) {
            return OpenJudgement.CONSISTENT;
        }
        if (found.sequenceLast() < sequenceAcknowledged || isOlder(found)) {
            return OpenJudgement.ACKNOWLEDGED_LOST;
        }
        int crc = crcAcknowledged;
        long sequence = sequenceAcknowledged;
        for (int i = 0; i < window.unanswered() && sequence < found.sequenceLast(); i++) {
            if (window.unansweredRound(i) == round) {
                crc = PayloadCrc.fold(crc, window.unansweredCrc(i));
                sequence++;
            }
        }
        final boolean isOurs = sequence == found.sequenceLast() && crc == found.runningCrc();
        return isOurs ? OpenJudgement.CONSISTENT : OpenJudgement.FOREIGN;
    }

    private boolean isOlder(final Opened found) {
        return found.lastToken() < opened.lastToken()
                || found.lastToken() == opened.lastToken() && found.lastSequence() < opened.lastSequence();
    }

    private void settle(final Opened found) {
        while (window.unanswered() > 0) {
            final long sequence = window.unansweredSequence(0);
            final boolean isAccepted = window.unansweredRound(0) == round && sequence <= found.sequenceLast();
            if (isAccepted) {
                final boolean isLast = found.lastToken() == token && found.lastSequence() == sequence;
                window.answer(
                        ACCEPTED,
                        Verdict.DUPLICATE,
                        isLast ? found.lastGeneration() : 0,
                        isLast ? found.lastPosition() : 0);
            } else {
                window.answer(REFUSED, Verdict.NOT_OWNER, 0, found.sequenceLast() + 1);
            }
        }
        round++;
        sequenceAcknowledged = found.sequenceLast();
        crcAcknowledged = found.runningCrc();
        sequenceNext = found.sequenceLast() + 1;
    }

    private void putInDoubt(final Verdict refusal) {
        while (window.unanswered() > 0) {
            final boolean isInDoubt = window.unansweredRound(0) == round;
            window.answer(isInDoubt ? IN_DOUBT : REFUSED, refusal, fenceToken, 0);
        }
    }

    private void stop(final Verdict refusal, final long fencedBy, final long fencedByClient) {
        state = WriterState.STOPPED;
        stopReason = refusal == Verdict.STALE_TOKEN ? StopReason.FENCED : StopReason.SUPERSEDED;
        verdict = refusal;
        fenceToken = fencedBy;
        fenceClientId = fencedByClient;
    }

    private boolean isDue(final long sequence) {
        return window.unanswered() > 0 && window.unansweredSequence(0) == sequence;
    }

    private void acknowledge(final long sequence, final int payloadCrc) {
        sequenceAcknowledged = sequence;
        crcAcknowledged = PayloadCrc.fold(crcAcknowledged, payloadCrc);
    }

    /** What the writer may do. @return its state */
    public WriterState state() {
        return state;
    }

    /** Token of the writer's grant. @return the token */
    public long token() {
        return token;
    }

    /** Sequence of the next write. @return from 1 */
    public long sequenceNext() {
        return sequenceNext;
    }

    /** Last acknowledged sequence under this token. @return 0 if none */
    public long sequenceAcknowledged() {
        return sequenceAcknowledged;
    }

    /** What the gateway told at the last open. @return null before the first */
    public Opened opened() {
        return opened;
    }

    /** What was found at the last open. @return CONSISTENT before the first */
    public OpenJudgement judgement() {
        return judgement;
    }

    /** The verdict that stopped this writer. @return null where none did */
    public Verdict verdict() {
        return verdict;
    }

    /** Token that fences this writer. @return 0 where none does */
    public long fenceToken() {
        return fenceToken;
    }

    /** Client of the grant that fences this writer. @return 0 where none does */
    public long fenceClientId() {
        return fenceClientId;
    }

    /** Why this writer has stopped. @return null while it has not */
    public StopReason stopReason() {
        return stopReason;
    }

    /** The writes that were sent and not told. @return to be read and emptied from its head */
    public WriteWindow window() {
        return window;
    }
}
