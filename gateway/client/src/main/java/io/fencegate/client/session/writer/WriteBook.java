package io.fencegate.client.session.writer;

import static io.fencegate.client.session.writer.WriteOutcome.ACCEPTED;
import static io.fencegate.client.session.writer.WriteOutcome.IN_DOUBT;
import static io.fencegate.client.session.writer.WriteOutcome.REFUSED;
import static io.fencegate.client.session.writer.WriteOutcome.TIMED_OUT;

import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.Verdict;
import org.agrona.DirectBuffer;

/**
 * Keeps count of a writer's writes: gives them their sequences, and settles each of them exactly once.
 *
 * <p>Does not allocate after construction. One thread.
 */
final class WriteBook {
    private final PayloadCrc payloadCrc = new PayloadCrc();
    private final OpenJudge judge = new OpenJudge();
    private final WriteWindow window;
    private long sequenceNext = 1;

    WriteBook(final WriteWindow window) {
        this.window = window;
    }

    /** Takes a write in, and returns its sequence, or why it was not taken. */
    long add(final DirectBuffer buffer, final int offset, final int length) {
        if (window.isFull()) {
            return OfferCode.WINDOW_FULL;
        }
        if (!window.add(sequenceNext, buffer, offset, length)) {
            return OfferCode.BACK_PRESSURED;
        }
        window.crcOfNewest(payloadCrc.compute(window.payloads(), window.placeOfNewest(), length));
        return sequenceNext++;
    }

    boolean withdraw() {
        if (window.unsent() == 0) {
            return false;
        }
        window.withdrawNewest();
        sequenceNext--;
        return true;
    }

    boolean isDue(final long sequence) {
        return window.inFlight() > 0 && window.unsettledSequence() == sequence;
    }

    void accept(final Verdict acceptance, final long generation, final long position) {
        judge.onAccepted(window.unsettledSequence(), window.unsettledCrc());
        window.settle(ACCEPTED, acceptance, generation, position, 0);
    }

    /** The oldest write is refused for good, and with it all behind it: its sequence is taken up again. */
    void refuse(final Verdict refusal, final long sequenceExpected) {
        sequenceNext = window.unsettledSequence();
        window.settle(REFUSED, refusal, 0, 0, sequenceExpected);
        while (window.unsettled() > 0) {
            window.settle(REFUSED, Verdict.SEQUENCE_GAP, 0, 0, sequenceNext);
        }
    }

    OpenJudgement judge(final Opened before, final Opened found) {
        return judge.judge(before, found, window);
    }

    /** What the gateway has is accepted, and the rest waits to be sent again. Returns whether anything was settled. */
    boolean settle(final Opened found) {
        final int unsettled = window.unsettled();
        while (window.inFlight() > 0 && window.unsettledSequence() <= found.sequenceLast()) {
            final boolean isLast =
                    found.lastToken() == found.token() && found.lastSequence() == window.unsettledSequence();
            final long generation = isLast ? found.lastGeneration() : 0;
            window.settle(ACCEPTED, Verdict.DUPLICATE, generation, isLast ? found.lastPosition() : 0, 0);
        }
        window.rewind();
        window.dropGhosts();
        judge.onSettled(found.sequenceLast(), found.runningCrc());
        if (window.unsettled() == 0) {
            sequenceNext = found.sequenceLast() + 1;
        }
        return window.unsettled() < unsettled;
    }

    /** What is in flight is surely not at the gateway, because one before it was refused. */
    void rewindRefused() {
        window.rewind();
        if (window.unsettled() > 0) {
            sequenceNext = window.unsettledSequence();
        }
    }

    /** Settles everything: what is in flight may be at the gateway. */
    void settleStopped(final StopReason reason, final Verdict refusal, final long byToken, final long byClient) {
        window.keepGhosts();
        if (window.inFlight() == 0 && window.unsettled() > 0) {
            // None of them was ever sent: their sequences are free.
            sequenceNext = window.unsettledSequence();
        }
        final Verdict unsentVerdict = refusal == null || refusal.isSuccess() ? Verdict.NOT_OPEN : refusal;
        while (window.unsettled() > 0) {
            if (reason == StopReason.TIMED_OUT) {
                window.settle(TIMED_OUT, null, 0, 0, 0);
            } else if (window.inFlight() > 0) {
                window.settle(IN_DOUBT, refusal, byToken, byClient, 0);
            } else {
                window.settle(REFUSED, unsentVerdict, byToken, byClient, 0);
            }
        }
    }

    long sequenceNext() {
        return sequenceNext;
    }

    long sequenceAcknowledged() {
        return judge.sequenceAcknowledged();
    }
}
