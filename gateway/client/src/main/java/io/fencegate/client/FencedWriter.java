package io.fencegate.client;

import io.fencegate.client.error.FencegateException;
import io.fencegate.client.link.ClientThread;
import io.fencegate.client.session.writer.OfferCode;
import io.fencegate.client.session.writer.Opened;
import io.fencegate.client.session.writer.StopReason;
import io.fencegate.client.session.writer.WriteOutcome;
import io.fencegate.client.session.writer.WriteWindow;
import io.fencegate.client.session.writer.WriterState;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Verdict;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes to one resource under one grant, and hears from the storage itself whether this grant is still the newest one.
 *
 * <p>Two ways to write. {@link #write(byte[])} sends one record and waits for its receipt. {@link #offer} and
 * {@link #poll} keep many writes under way and do not allocate. Either way the writer keeps what has no answer yet, and
 * resumes by itself when its session is lost: it opens again with the same grant, holds what the gateway tells to what it
 * told before, and sends only what the gateway does not have. Nothing is written twice, nothing is acquired again, and
 * every write that was offered is told exactly once. What ends that is a {@link StopReason}.
 *
 * <p>Everything happens in {@link #poll}, in {@link FencegateClient#poll()}, and in the blocking calls.
 *
 * <p>Not thread-safe: one client and its writers belong to one thread.
 */
public final class FencedWriter implements AutoCloseable {
    /** The payloads of writes without an answer leave no room, or a blocking write is under way: poll, offer again. */
    public static final long BACK_PRESSURED = OfferCode.BACK_PRESSURED;

    /** This writer or its client was closed. */
    public static final long CLOSED = OfferCode.CLOSED;

    /** As many writes are unanswered, or answered and not polled, as may be: poll. */
    public static final long WINDOW_FULL = OfferCode.WINDOW_FULL;

    /** This writer is not open yet, or has stopped: see {@link #state()}. */
    public static final long NOT_OPEN = OfferCode.NOT_OPEN;

    /** The payload is longer than the gateway takes: see {@link #payloadLengthMax()}. */
    public static final long TOO_LARGE = OfferCode.TOO_LARGE;

    private final WriterLink link;
    private final WriteWindow window;
    private final BlockingWrite blockingWrite;
    private final LifeTeller life;
    private final ClientThread thread;

    FencedWriter(final WriterLink link) {
        this.link = link;
        this.window = link.writer().window();
        this.blockingWrite = new BlockingWrite(link);
        this.life = new LifeTeller(link.writer().life());
        this.thread = link.gateway().thread();
    }

    /**
     * Takes a write, sends it if it can, and does not wait. While the writer resumes, writes are taken as long as there
     * is room, and sent later. Does not allocate.
     *
     * @param buffer holding the payload, which is free again when this returns
     * @param offset of its first byte
     * @param length in bytes, 0 to {@link #payloadLengthMax()}
     * @return the write's sequence, from 1; or {@link #BACK_PRESSURED}, {@link #CLOSED}, {@link #WINDOW_FULL},
     *     {@link #NOT_OPEN} or {@link #TOO_LARGE}, and the write was not taken
     */
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        final boolean isOutermost = thread.enter();
        try {
            return blockingWrite.isUnderWay() ? BACK_PRESSURED : link.offer(buffer, offset, length);
        } finally {
            thread.exit(isOutermost);
        }
    }

    /**
     * Drives the writer, and tells what became of writes that were offered: each once, in the order of their offers.
     * Does not allocate.
     *
     * @param listener that is told
     * @param limit of the writes to tell
     * @return work done
     */
    public int poll(final WriteListener listener, final int limit) {
        thread.enterAlone();
        try {
            return link.isClosed() ? 0 : link.poll() + tell(listener, limit);
        } finally {
            thread.exit(true);
        }
    }

    private int tell(final WriteListener listener, final int limit) {
        int workCount = life.hasNews() ? life.tellChanges(listener) : 0;
        for (int count = 0; count < limit && window.hasAnswer(); count++) {
            tell(listener);
            workCount++;
        }
        return window.hasAnswer() ? workCount : workCount + life.tellStop(listener);
    }

    private void tell(final WriteListener listener) {
        final long sequence = window.sequence();
        final Verdict verdict = window.verdict();
        final WriteOutcome outcome = window.outcome();
        final long generation = window.generation();
        final long position = window.position();
        final long fenceToken = window.fenceToken();
        final long fenceClientId = window.fenceClientId();
        final long sequenceExpected = window.sequenceExpected();
        window.remove();
        switch (outcome) {
            case ACCEPTED -> listener.onAccepted(sequence, verdict, generation, position);
            case REFUSED -> listener.onRefused(sequence, verdict, fenceToken, fenceClientId, sequenceExpected);
            case IN_DOUBT -> listener.onInDoubt(sequence, verdict, fenceToken, fenceClientId);
            case TIMED_OUT -> listener.onTimedOut(sequence);
            default -> throw new IllegalStateException("outcome=" + outcome);
        }
    }

    /**
     * Writes one record and waits until it is durable. A session that is lost meanwhile is begun anew, the resource is
     * opened again with the same grant, and the write is sent again only if the gateway does not have it.
     *
     * @param payload the record's bytes
     * @return where the record stands
     * @throws io.fencegate.client.error.StaleTokenException if a newer grant has been opened: nothing was written
     * @throws io.fencegate.client.error.RefusedException if the gateway refuses for another reason: nothing was written
     * @throws io.fencegate.client.error.InDoubtException if the write was sent, had no answer, and the resource cannot
     *     be opened again
     * @throws io.fencegate.client.error.WriteUnansweredException if the write was sent and the call's time was over;
     *     {@link #reopen()} settles it
     * @throws io.fencegate.client.error.NotReachableException if the call's time was over and nothing is under way
     * @throws io.fencegate.client.error.AcknowledgedWritesLostException if the gateway lost what it acknowledged
     * @throws io.fencegate.client.error.ForeignWritesException if somebody else writes with the same ticket
     * @throws io.fencegate.client.error.GatewayWentBackException if the gateway is not the one that it was
     * @throws IllegalStateException if this writer is closed, or earlier writes are not answered and polled yet
     */
    public Receipt write(final byte[] payload) {
        return write(new UnsafeBuffer(payload), 0, payload.length);
    }

    /**
     * Writes one record as {@link #write(byte[])} does.
     *
     * @param buffer holding the payload
     * @param offset of its first byte
     * @param length in bytes, 0 to {@link #payloadLengthMax()}
     * @return where the record stands
     */
    public Receipt write(final DirectBuffer buffer, final int offset, final int length) {
        thread.enterAlone();
        try {
            return blockingWrite.write(buffer, offset, length);
        } finally {
            thread.exit(true);
        }
    }

    /**
     * Opens the resource again with the same grant, and waits for it: needed where the writer has stopped, and its
     * {@link StopReason} allows it. Writes that were told as timed out are settled by it: the gateway has those up to
     * {@link Opened#sequenceLast()}, and never will have the others; the next sequence is behind it.
     *
     * @return what the gateway told
     * @throws io.fencegate.client.error.StaleTokenException if a newer grant has been opened, and no write is in doubt
     * @throws io.fencegate.client.error.RefusedException if the gateway refuses for another reason, and no write is in
     *     doubt
     * @throws io.fencegate.client.error.InDoubtException if the gateway refuses and writes had no answer
     * @throws io.fencegate.client.error.NotReachableException if the call's time was over; the writer goes on trying
     * @throws io.fencegate.client.error.AcknowledgedWritesLostException if the gateway lost what it acknowledged
     * @throws io.fencegate.client.error.ForeignWritesException if somebody else writes with the same ticket
     * @throws io.fencegate.client.error.GatewayWentBackException if the gateway is not the one that it was
     * @throws IllegalStateException if this writer is closed
     */
    public Opened reopen() {
        if (link.isClosed()) {
            throw new IllegalStateException("closed=true resource=" + resource());
        }
        thread.enterAlone();
        try {
            return link.reopen();
        } finally {
            thread.exit(true);
        }
    }

    /** Resource that is written to. @return its name */
    public String resource() {
        return link.grant().resource();
    }

    /** Grant under which is written. @return as it was opened */
    public Grant grant() {
        return link.grant();
    }

    /** What the gateway told at the last open. @return the state that was found; null before the first */
    public Opened opened() {
        return link.writer().life().opened();
    }

    /** What this writer does. @return its state */
    public WriterState state() {
        return link.writer().life().state();
    }

    /** Why this writer has stopped. @return null while it has not */
    public StopReason stopReason() {
        return link.writer().life().stopReason();
    }

    /** What a call of a stopped writer throws. @return a new exception; null while it has not stopped */
    public FencegateException stopCause() {
        return link.stopCause();
    }

    /** Whether there is a session with the gateway. @return false while the writer waits for one */
    public boolean isConnected() {
        return link.isConnected();
    }

    /** Last acknowledged sequence. @return 0 if none */
    public long sequenceAcknowledged() {
        return link.writer().sequenceAcknowledged();
    }

    /** Writes that were offered and not told. @return count */
    public int pending() {
        return window.size();
    }

    /** Longest payload. @return in bytes */
    public int payloadLengthMax() {
        return link.payloadLengthMax();
    }

    /**
     * Ends this writer. The lease and the fence stand; writes under way may still be accepted, and are not told any more.
     */
    @Override
    public void close() {
        final boolean isOutermost = thread.enter();
        try {
            link.close();
        } finally {
            thread.exit(isOutermost);
        }
    }
}
