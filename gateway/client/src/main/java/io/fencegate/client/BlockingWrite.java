package io.fencegate.client;

import io.fencegate.client.error.FencegateException;
import io.fencegate.client.error.NotReachableException;
import io.fencegate.client.error.RefusedException;
import io.fencegate.client.link.CallTimer;
import io.fencegate.client.session.writer.WriteOutcome;
import io.fencegate.client.session.writer.WriteWindow;
import io.fencegate.client.session.writer.WriterSession;
import io.fencegate.core.grant.Verdict;
import org.agrona.DirectBuffer;

/**
 * One write at a time, until its receipt: offers it, and drives the writer until it is settled or the call's time is
 * over.
 *
 * <p>The client's thread.
 */
final class BlockingWrite {
    private final WriterLink link;
    private final WriterSession writer;
    private final WriteWindow window;
    private final CallTimer timer;

    private boolean isUnderWay;

    BlockingWrite(final WriterLink link) {
        this.link = link;
        this.writer = link.writer();
        this.window = writer.window();
        this.timer = link.gateway().timer();
    }

    Receipt write(final DirectBuffer buffer, final int offset, final int length) {
        if (link.isClosed() || window.size() > 0) {
            throw new IllegalStateException(
                    "no blocking write now: closed=" + link.isClosed() + " pending=" + window.size());
        }
        timer.begin(link.gateway().config().callTimeoutNs());
        isUnderWay = true;
        try {
            link.askIfAway();
            link.poll();
            final long sequence = offer(buffer, offset, length);
            while (!window.hasAnswer()) {
                if (timer.isOver()) {
                    throw late(sequence);
                }
                timer.idle(link.poll());
            }
            return receipt();
        } finally {
            isUnderWay = false;
        }
    }

    /** Whether a write waits for its receipt: a listener that is told meanwhile must not slip another one in. */
    boolean isUnderWay() {
        return isUnderWay;
    }

    private long offer(final DirectBuffer buffer, final int offset, final int length) {
        while (true) {
            link.checkMayWrite();
            final long result = link.offer(buffer, offset, length);
            if (result > 0) {
                return result;
            }
            if (result == FencedWriter.TOO_LARGE) {
                throw new RefusedException(
                        Verdict.TOO_LARGE,
                        link.grant().resource(),
                        link.grant().token(),
                        "length=" + length + " payloadLengthMax=" + link.payloadLengthMax());
            }
            if (timer.isOver()) {
                throw unsent();
            }
            timer.idle(link.poll());
        }
    }

    private FencegateException late(final long sequence) {
        if (writer.withdraw()) {
            return unsent();
        }
        writer.giveUp();
        window.remove();
        return link.unanswered(sequence);
    }

    private FencegateException unsent() {
        return new NotReachableException(
                "unreachable=gateway unsent=write resource=" + link.grant().resource(),
                link.gateway().lastError());
    }

    private Receipt receipt() {
        final Receipt answer = new Receipt(window.sequence(), window.verdict(), window.generation(), window.position());
        final WriteOutcome outcome = window.outcome();
        window.remove();
        if (outcome == WriteOutcome.ACCEPTED) {
            return answer;
        }
        if (writer.life().stopReason() != null) {
            throw outcome == WriteOutcome.IN_DOUBT ? link.stopOrDoubt() : link.stopCause();
        }
        throw link.refusal(answer.verdict(), 0, 0, 0);
    }
}
