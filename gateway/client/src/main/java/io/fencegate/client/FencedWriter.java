package io.fencegate.client;

import io.fencegate.client.session.Opened;
import io.fencegate.client.session.WriterState;
import org.agrona.DirectBuffer;

/**
 * Writes to one resource under one grant.
 *
 * <p>Not thread-safe: one client and its writers belong to one thread.
 */
public final class FencedWriter implements AutoCloseable {
    /** The gateway does not take more at the moment; poll, and offer again. */
    public static final long BACK_PRESSURED = -1;

    /** The session with the gateway is gone; {@link #reopen()}. */
    public static final long NOT_CONNECTED = -2;

    /** This writer or its client was closed. */
    public static final long CLOSED = -3;

    /** As many writes are unanswered, or answered and not polled, as may be; poll. */
    public static final long WINDOW_FULL = -4;

    /** This writer may not write (see {@link #state()}). */
    public static final long NOT_OPEN = -5;

    /** The payload is longer than the gateway takes (see {@link #payloadLengthMax()}). */
    public static final long TOO_LARGE = -6;

    FencedWriter() {}

    public String resource() {
        throw new UnsupportedOperationException();
    }

    public long token() {
        throw new UnsupportedOperationException();
    }

    /** What the gateway told at the last open. @return the state that was found */
    public Opened opened() {
        throw new UnsupportedOperationException();
    }

    public WriterState state() {
        throw new UnsupportedOperationException();
    }

    public int payloadLengthMax() {
        throw new UnsupportedOperationException();
    }

    public int pending() {
        throw new UnsupportedOperationException();
    }

    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        throw new UnsupportedOperationException();
    }

    public int poll(final WriteListener listener, final int limit) {
        throw new UnsupportedOperationException();
    }

    public Receipt write(final DirectBuffer buffer, final int offset, final int length) {
        throw new UnsupportedOperationException();
    }

    public Receipt write(final byte[] payload) {
        throw new UnsupportedOperationException();
    }

    public Opened reopen() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
