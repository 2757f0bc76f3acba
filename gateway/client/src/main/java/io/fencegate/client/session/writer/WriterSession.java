package io.fencegate.client.session.writer;

import io.fencegate.client.session.Backoff;
import io.fencegate.client.session.CallTimes;
import io.fencegate.client.session.Jitter;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Verdict;
import org.agrona.DirectBuffer;

/**
 * The law of one writer: takes writes in, sends them in order, and settles each of them exactly once, over as many
 * sessions with the gateway as it takes.
 *
 * <p>A session that is lost, or in question, is followed by an open, and nothing is sent behind an open without an
 * answer. What OPENED tells is held to what was told before; what the gateway has is accepted, and the rest is sent again.
 * A write that is refused for the moment takes the writer back to it: what was in flight behind it is refused too,
 * because the gateway accepts no sequence behind a gap, and is sent again once those answers are in.
 *
 * <p>Time, chance and session are arguments and ports. Offers, answers and duty cycles do not allocate. One thread.
 */
public final class WriterSession {
    private static final int SEND_LIMIT = 64;
    private static final long NO_SESSION = -1;

    private Grant grant;
    private final WriteWindow window;
    private final WriteBook book;
    private final WriterTimes times;
    private final Backoff backoff;
    private final WriterLife life = new WriterLife();
    private GatewayIdentity identityAsked;
    private long openId;
    private long sessionNumber = SessionPort.NONE;
    private long sentInSession = NO_SESSION;
    private int answersToSkip;
    private int lostOpens;
    private boolean hasSettled = true;
    private boolean hasAnswer;
    private boolean isReopening;
    private long timeNs;

    /**
     * A writer that opens its resource.
     *
     * @param grant to write under
     * @param window for its writes, empty
     * @param callTimes of attempts and pauses
     * @param writeTimeoutNs how long it tries to settle its writes, in nanoseconds
     * @param jitter draws half of each pause
     */
    public WriterSession(
            final Grant grant,
            final WriteWindow window,
            final CallTimes callTimes,
            final long writeTimeoutNs,
            final Jitter jitter) {
        this.grant = grant;
        this.window = window;
        this.book = new WriteBook(window);
        this.times = new WriterTimes(callTimes, writeTimeoutNs);
        this.backoff = callTimes.newBackoff(jitter);
    }

    /**
     * Takes a write in, copies its payload, and sends it if nothing is before it.
     *
     * @return its sequence, or why it was not taken
     */
    public long offer(final SessionPort port, final DirectBuffer buffer, final int offset, final int length) {
        if (!takesOffers()) {
            return life.state() == WriterState.CLOSED ? OfferCode.CLOSED : OfferCode.NOT_OPEN;
        }
        if (length > Math.min(port.payloadLengthMax(), window.payloadsLength())) {
            return OfferCode.TOO_LARGE;
        }
        hasSettled |= window.unsettled() == 0;
        final long sequence = book.add(buffer, offset, length);
        if (sequence > 0 && window.unsent() == 1 && maySend(port)) {
            sendOne(port);
        }
        return sequence;
    }

    private boolean takesOffers() {
        return life.state() == WriterState.OPEN
                || life.state() == WriterState.RESUMING && life.opened() != null && !window.hasGhosts();
    }

    /** A duty cycle in patient time: notices a lost session, opens, sends, gives up in its time. @return work done */
    public int work(final long nowNs, final SessionPort port) {
        timeNs = nowNs;
        if (!life.isActive()) {
            return 0;
        }
        if (sessionNumber != SessionPort.NONE && sessionNumber != port.number()) {
            onSessionLost(port.lossReason());
        }
        if (isOverTime(port)) {
            stop(StopReason.TIMED_OUT, null, 0, 0);
            return 1;
        }
        return life.state() == WriterState.OPEN ? send(port) : open(port);
    }

    private boolean isOverTime(final SessionPort port) {
        final boolean mustSettle = window.unsettled() > 0 || isReopening || life.state() == WriterState.OPENING;
        if (hasSettled || !mustSettle) {
            times.onSettled(timeNs);
        } else if (times.isOver(timeNs)) {
            return true;
        }
        final boolean isAsking = openId != 0 || answersToSkip > 0 || window.inFlight() > 0;
        if (hasAnswer || hasSettled || sessionNumber == SessionPort.NONE || !isAsking) {
            times.onAnswered(timeNs);
        } else if (times.isAttemptOver(timeNs)) {
            port.lose(openId != 0 ? "timedOut=open" : "timedOut=write");
            onSessionLost(port.lossReason());
        }
        hasSettled = false;
        hasAnswer = false;
        return false;
    }

    private int open(final SessionPort port) {
        if (port.refusal() != null) {
            stop(StopReason.REFUSED, port.refusal(), 0, 0);
            return 1;
        }
        if (openId != 0 || port.number() == SessionPort.NONE) {
            return 0;
        }
        if (life.identity() != null && !life.identity().mayBecome(port.identity())) {
            stop(StopReason.GATEWAY_WENT_BACK, null, 0, 0);
            return 1;
        }
        final long correlationId = backoff.mayTry(timeNs) ? port.offerOpen(this) : 0;
        if (correlationId <= 0) {
            return 0;
        }
        identityAsked = port.identity();
        openId = correlationId;
        sessionNumber = port.number();
        return 1;
    }

    private int send(final SessionPort port) {
        int count = 0;
        while (window.unsent() > 0 && count < SEND_LIMIT && maySend(port) && sendOne(port)) {
            count++;
        }
        return count;
    }

    private boolean maySend(final SessionPort port) {
        return life.state() == WriterState.OPEN
                && answersToSkip == 0
                && sessionNumber == port.number()
                && backoff.mayTry(timeNs);
    }

    private boolean sendOne(final SessionPort port) {
        final boolean isSent = port.offerWrite(
                life.opened().handle(),
                grant.token(),
                window.unsentSequence(),
                window.unsentCrc(),
                window.payloads(),
                window.unsentPlace(),
                window.unsentLength());
        if (isSent) {
            window.onSent();
            sentInSession = sessionNumber;
        }
        return isSent;
    }

    private void onSessionLost(final String reason) {
        sessionNumber = SessionPort.NONE;
        sentInSession = NO_SESSION;
        forgetOpen();
        answersToSkip = 0;
        life.onSessionLost(reason);
    }

    /** An open whose answer is not waited for may still be served, and take the resource back for its session. */
    private void forgetOpen() {
        lostOpens += openId == 0 ? 0 : 1;
        openId = 0;
    }

    /** The session is in question: opens again in it, before anything more is sent. */
    public void askAgain() {
        if (life.state() == WriterState.OPEN) {
            life.resume();
        }
    }

    /** The owner wants it opened (again): also where it has stopped, if its reason allows that. */
    public void reopen() {
        if (life.mayReopen()) {
            life.resume();
            forgetOpen();
            isReopening = true;
            hasSettled = true;
            backoff.onSuccess();
        }
    }

    /** The owner waits no longer: what is unsettled has timed out, and an active writer stops. */
    public void giveUp() {
        stop(StopReason.TIMED_OUT, null, 0, 0);
    }

    /** The owner takes the newest write back. @return false if it may be at the gateway */
    public boolean withdraw() {
        return book.withdraw();
    }

    /** The gateway that was met before: another one is not opened at. @param known who it was; null if none was met */
    public void expect(final GatewayIdentity known) {
        life.expect(known);
    }

    /** The owner has closed it. */
    public void close() {
        life.close();
    }

    /**
     * The resource was opened: settles what is in flight, or finds that the gateway contradicts itself.
     *
     * @param correlationId of the open
     * @param found what the gateway told
     */
    public void onOpened(final long correlationId, final Opened found) {
        if (correlationId != openId || !life.isActive()) {
            return;
        }
        openId = 0;
        hasAnswer = true;
        final OpenJudgement judgement = book.judge(life.opened(), found);
        life.onOpened(found, identityAsked, judgement == OpenJudgement.CONSISTENT);
        switch (judgement) {
            case ACKNOWLEDGED_LOST -> stop(StopReason.ACKNOWLEDGED_WRITES_LOST, Verdict.OPENED, 0, 0);
            case FOREIGN -> stop(StopReason.FOREIGN_WRITES, Verdict.OPENED, 0, 0);
            default -> {
                hasSettled |= book.settle(found);
                isReopening = false;
            }
        }
    }

    /**
     * The resource was not opened. RECOVERING and OVERLOADED pass; anything else stops the writer. What fences the caller,
     * and the gateway's proof that it opened that grant, are 0 where there is none.
     */
    public void onOpenRefused(
            final long correlationId,
            final Verdict refusal,
            final long byToken,
            final long byClient,
            final long proof) {
        if (correlationId != openId || !life.isActive()) {
            return;
        }
        openId = 0;
        hasAnswer = true;
        if (refusal == Verdict.RECOVERING || refusal == Verdict.OVERLOADED) {
            backoff.onFailure(timeNs);
        } else {
            stop(StopReason.of(refusal), refusal, byToken, byClient);
            life.prove(proof);
        }
    }

    /**
     * The gateway accepted a write: ACCEPTED, or DUPLICATE; generation and position are 0 where it did not say them.
     *
     * @return false if this is not the answer that is due: the session is not to be trusted
     */
    public boolean onAccepted(
            final long sequence, final Verdict acceptance, final long generation, final long position) {
        if (answersToSkip > 0) {
            answersToSkip--;
            return !life.isActive() || window.hasGhosts();
        }
        if (!book.isDue(sequence)) {
            return false;
        }
        book.accept(acceptance, generation, position);
        backoff.onSuccess();
        hasSettled = true;
        return true;
    }

    /**
     * The gateway refused a write; what fences the caller, and the sequence that is waited for, are 0 where there is none.
     *
     * @return false if this is not the answer that is due: the session is not to be trusted
     */
    public boolean onRefused(
            final long sequence,
            final Verdict refusal,
            final long byToken,
            final long byClient,
            final long sequenceExpected) {
        hasAnswer = true;
        if (answersToSkip > 0) {
            answersToSkip--;
            if (life.state() != WriterState.OPEN) {
                return true;
            }
        } else if (!book.isDue(sequence)) {
            return false;
        } else {
            answersToSkip = window.inFlight() - 1;
            window.rewind();
            if (refusal != Verdict.STALE_TOKEN && refusal != Verdict.NOT_OWNER) {
                takeBack(refusal, sequenceExpected);
            }
        }
        if (isFence(refusal)) {
            book.rewindRefused();
            stop(StopReason.of(refusal), refusal, byToken, byClient);
        } else if (refusal == Verdict.NOT_OWNER) {
            lostOpens--;
            backoff.onFailure(timeNs);
            askAgain();
        }
        return true;
    }

    /** An open that was lost with its session may have been served late, and have taken the resource from this one. */
    private boolean isFence(final Verdict refusal) {
        return refusal == Verdict.STALE_TOKEN || refusal == Verdict.NOT_OWNER && lostOpens == 0;
    }

    private void takeBack(final Verdict refusal, final long sequenceExpected) {
        switch (refusal) {
            case RECOVERING, OVERLOADED -> backoff.onFailure(timeNs);
            case SEQUENCE_GAP, NOT_OPEN, UNKNOWN_RESOURCE -> {
                backoff.onFailure(timeNs);
                askAgain();
            }
            default -> {
                book.refuse(refusal, sequenceExpected);
                hasSettled = true;
                if (refusal == Verdict.PAYLOAD_MISMATCH) {
                    askAgain();
                }
            }
        }
    }

    /** Stops, and settles every write: what is in flight may be at the gateway. */
    private void stop(final StopReason reason, final Verdict refusal, final long byToken, final long byClient) {
        life.stop(reason, refusal, byToken, byClient);
        life.doubt(window);
        answersToSkip += sentInSession == sessionNumber ? window.inFlight() : 0;
        book.settleStopped(reason, refusal, byToken, byClient);
        forgetOpen();
        isReopening = false;
    }

    /** Whether it neither writes nor is owed an answer. @return true if no session needs to know it any more */
    public boolean isOver() {
        return !life.isActive() && window.inFlight() == 0 && answersToSkip == 0;
    }

    /** A lease was renewed, maybe with another seal, to open with from now on. @param renewed grant of any lease */
    public void onRenewed(final Grant renewed) {
        grant = grant.renewedBy(renewed);
    }

    /** The grant under which is written. @return as it was given, or renewed since */
    public Grant grant() {
        return grant;
    }

    /** What the writer does, and why. @return its life */
    public WriterLife life() {
        return life;
    }

    /** Sequence of the next write. @return from 1 */
    public long sequenceNext() {
        return book.sequenceNext();
    }

    /** Last acknowledged sequence under this token. @return 0 if none */
    public long sequenceAcknowledged() {
        return book.sequenceAcknowledged();
    }

    /** The writes that were offered and not told. @return to be read and emptied from its head */
    public WriteWindow window() {
        return window;
    }
}
