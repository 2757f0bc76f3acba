package io.fencegate.client;

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
 * <p>Two ways to write. {@link #write(byte[])} sends one record and waits for its receipt; it survives a lost session
 * and a restarted gateway, and never writes twice. {@link #offer} and {@link #poll} keep many writes under way and do
 * not allocate; after {@link #NOT_CONNECTED}, {@link #reopen()} settles what was under way.
 *
 * <p>Not thread-safe: one client and its writers belong to one thread.
 */
public final class FencedWriter implements AutoCloseable {
    /** The gateway does not take more at the moment: poll, and offer again. */
    public static final long BACK_PRESSURED = -1;

    /** The session in which the resource was opened is gone: {@link #reopen()}. */
    public static final long NOT_CONNECTED = -2;

    /** This writer or its client was closed. */
    public static final long CLOSED = -3;

    /** As many writes are unanswered, or answered and not polled, as may be: poll. */
    public static final long WINDOW_FULL = -4;

    /** This writer may not write: see {@link #state()}. */
    public static final long NOT_OPEN = -5;

    /** The payload is longer than the gateway takes: see {@link #payloadLengthMax()}. */
    public static final long TOO_LARGE = -6;

    private final WriterLink link;
    private final WriteWindow window;
    private final BlockingWrite blockingWrite;

    FencedWriter(final WriterLink link) {
        this.link = link;
        this.window = link.writer().window();
        this.blockingWrite = new BlockingWrite(link);
    }

    /**
     * Sends a write without waiting for its answer. Does not allocate.
     *
     * @param buffer holding the payload, which is free again when this returns
     * @param offset of its first byte
     * @param length in bytes, 0 to {@link #payloadLengthMax()}
     * @return the write's sequence, from 1; or {@link #BACK_PRESSURED}, {@link #NOT_CONNECTED}, {@link #CLOSED},
     *     {@link #WINDOW_FULL}, {@link #NOT_OPEN} or {@link #TOO_LARGE}, and nothing was sent
     */
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        return link.offer(buffer, offset, length);
    }

    /**
     * Takes in answers and tells what became of writes that were offered: each once, in the order of their offers. Does
     * not allocate.
     *
     * @param listener that is told
     * @param limit of the writes to tell
     * @return how many were told
     */
    public int poll(final WriteListener listener, final int limit) {
        link.takeIn();
        int count = 0;
        while (count < limit && window.hasAnswer()) {
            tell(listener);
            count++;
        }
        return count;
    }

    private void tell(final WriteListener listener) {
        final long sequence = window.sequence();
        final Verdict verdict = window.verdict();
        final WriteOutcome outcome = window.outcome();
        final long generation = window.generation();
        final long position = window.position();
        final long fenceToken = window.fenceToken();
        final long sequenceExpected = window.sequenceExpected();
        window.remove();
        if (outcome == WriteOutcome.ACCEPTED) {
            listener.onAccepted(sequence, verdict, generation, position);
        } else if (outcome == WriteOutcome.IN_DOUBT) {
            listener.onInDoubt(sequence, verdict, fenceToken, link.writer().fenceClientId());
        } else {
            listener.onRefused(sequence, verdict, fenceToken, link.writer().fenceClientId(), sequenceExpected);
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
        return blockingWrite.write(buffer, offset, length);
    }

    /**
     * Opens the resource again with the same grant, in a new session if the old one is gone, and settles every write
     * that had no answer: the gateway either has it or never will. Writes that were offered are told at the next
     * {@link #poll}; the next sequence is the one behind {@link Opened#sequenceLast()}.
     *
     * @return what the gateway told
     * @throws io.fencegate.client.error.StaleTokenException if a newer grant has been opened, and no write is in doubt
     * @throws io.fencegate.client.error.RefusedException if the gateway refuses for another reason, and no write is in
     *     doubt
     * @throws io.fencegate.client.error.InDoubtException if the gateway refuses and writes had no answer
     * @throws io.fencegate.client.error.NotReachableException if the call's time was over; it may be called again
     * @throws io.fencegate.client.error.AcknowledgedWritesLostException if the gateway lost what it acknowledged
     * @throws io.fencegate.client.error.ForeignWritesException if somebody else writes with the same ticket
     * @throws IllegalStateException if this writer is closed
     */
    public Opened reopen() {
        if (link.isClosed()) {
            throw new IllegalStateException("closed=true resource=" + resource());
        }
        link.calls().begin();
        if (!(link.writer().stopReason() != null && link.writer().stopReason().mayReopen())) {
            link.checkMayWrite();
        }
        try {
            link.open();
        } finally {
            blockingWrite.settle();
        }
        return link.writer().opened();
    }

    /** Resource that is written to. @return its name */
    public String resource() {
        return link.grant().resource();
    }

    /** Grant under which is written. @return as it was opened */
    public Grant grant() {
        return link.grant();
    }

    /** What the gateway told at the last open. @return the state that was found */
    public Opened opened() {
        return link.writer().opened();
    }

    /** What this writer may do. @return OPEN as long as nothing has stopped it, also without a session */
    public WriterState state() {
        return link.writer().state();
    }

    /** Why this writer has stopped. @return null while it has not */
    public StopReason stopReason() {
        return link.writer().stopReason();
    }

    /** What a call of a stopped writer throws. @return a new exception; null while it has not stopped */
    public RuntimeException stopCause() {
        return link.stopCause();
    }

    /** Whether the session in which the resource was opened lives. @return false if {@link #reopen()} is due */
    public boolean isConnected() {
        return !link.isClosed() && link.session().isActive();
    }

    /** Last acknowledged sequence. @return 0 if none */
    public long sequenceAcknowledged() {
        return link.writer().sequenceAcknowledged();
    }

    /** Writes that were sent and are not answered, or not polled. @return count */
    public int pending() {
        return window.size();
    }

    /** Longest payload. @return in bytes */
    public int payloadLengthMax() {
        return link.payloadLengthMax();
    }

    /** Ends this writer. The lease and the fence stand; writes under way may still be accepted. */
    @Override
    public void close() {
        link.close();
    }
}
