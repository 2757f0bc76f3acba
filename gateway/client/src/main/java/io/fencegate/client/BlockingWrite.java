package io.fencegate.client;

import io.fencegate.client.error.NotReachableException;
import io.fencegate.client.error.RefusedException;
import io.fencegate.client.error.WriteUnansweredException;
import io.fencegate.client.link.CallTimer;
import io.fencegate.client.session.RetryTimer;
import io.fencegate.client.session.writer.WriteOutcome;
import io.fencegate.client.session.writer.WriteWindow;
import io.fencegate.client.session.writer.WriterState;
import io.fencegate.core.grant.Verdict;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * One write at a time, until its receipt: offers it, waits for its answer, opens the resource again where the session is
 * lost, and sends it again only where the gateway does not have it.
 *
 * <p>The client's thread.
 */
final class BlockingWrite {
    private static final long CONTACT_MAX_NS = TimeUnit.SECONDS.toNanos(1);

    private final WriterLink link;
    private final WriteWindow window;
    private final CallTimer timer;
    private final RetryTimer retry;
    private boolean isUnsettled;

    BlockingWrite(final WriterLink link) {
        this.link = link;
        this.window = link.writer().window();
        this.timer = link.calls().timer();
        this.retry = link.calls().newRetryTimer();
    }

    Receipt write(final DirectBuffer buffer, final int offset, final int length) {
        if (link.isClosed() || window.size() > 0) {
            throw new IllegalStateException(
                    "no blocking write now: closed=" + link.isClosed() + " pending=" + window.size());
        }
        link.calls().begin();
        checkContact();
        link.checkMayWrite();
        retry.start(timer.nowNs());
        try {
            while (true) {
                final Receipt receipt = offer(buffer, offset, length) ? await() : null;
                if (receipt != null) {
                    return receipt;
                }
            }
        } finally {
            settle();
        }
    }

    /**
     * A thread that was away (or stopped) may hold a session that is over without knowing it yet. A write into it would
     * be in doubt, so it asks first.
     */
    private void checkContact() {
        final boolean wasAway = System.nanoTime() - link.session().polledNs() > CONTACT_MAX_NS;
        link.takeIn();
        if (wasAway && link.writer().state() == WriterState.OPEN) {
            link.open();
        }
    }

    /** An earlier write that had no answer in its time has one now, and its caller learns of it otherwise. */
    void settle() {
        if (isUnsettled && window.hasAnswer()) {
            window.remove();
            isUnsettled = false;
        }
    }

    private boolean offer(final DirectBuffer buffer, final int offset, final int length) {
        final long result = link.offer(buffer, offset, length);
        if (result == FencedWriter.TOO_LARGE) {
            throw new RefusedException(
                    Verdict.TOO_LARGE,
                    link.grant().resource(),
                    link.grant().token(),
                    "length=" + length + " payloadLengthMax=" + link.payloadLengthMax());
        }
        if (result > 0) {
            isUnsettled = true;
            return true;
        }
        if (timer.isOver()) {
            throw new NotReachableException(
                    "unreachable=gateway unsent=write resource=" + link.grant().resource(),
                    link.calls().lastError());
        }
        if (result == FencedWriter.NOT_CONNECTED) {
            link.open();
        } else {
            timer.idle(link.takeIn());
        }
        return false;
    }

    /** Waits for the answer. Returns null where the write surely was not accepted and may be sent again. */
    private Receipt await() {
        final long sequence = link.writer().sequenceNext() - 1;
        while (true) {
            final int workCount = link.takeIn();
            if (window.hasAnswer()) {
                return receipt();
            }
            if (timer.isOver()) {
                throw unanswered(sequence, link.calls().lastError());
            }
            if (retry.isExpired(timer.nowNs())) {
                link.session().lose("timedOut=write");
                retry.again(timer.nowNs());
            }
            if (link.session().isLost()) {
                openAgain(sequence);
            } else {
                timer.idle(workCount);
            }
        }
    }

    private void openAgain(final long sequence) {
        try {
            link.open();
        } catch (final NotReachableException ex) {
            throw unanswered(sequence, ex);
        }
    }

    private WriteUnansweredException unanswered(final long sequence, final Throwable cause) {
        return new WriteUnansweredException(
                link.grant().resource(), link.grant().token(), sequence, cause);
    }

    private Receipt receipt() {
        final Receipt answer = new Receipt(window.sequence(), window.verdict(), window.generation(), window.position());
        final WriteOutcome outcome = window.outcome();
        final long fenceToken = window.fenceToken();
        window.remove();
        isUnsettled = false;
        if (outcome == WriteOutcome.ACCEPTED) {
            return answer;
        }
        if (outcome == WriteOutcome.REFUSED) {
            onRefused(answer.verdict(), fenceToken, link.writer().fenceClientId());
        }
        return null;
    }

    private void onRefused(final Verdict verdict, final long fenceToken, final long fenceClientId) {
        switch (verdict) {
            case RECOVERING, OVERLOADED -> timer.idle(0);
            case NOT_OPEN, UNKNOWN_RESOURCE, SEQUENCE_GAP -> link.open();
            default -> throw link.refusal(verdict, fenceToken, fenceClientId);
        }
    }
}
