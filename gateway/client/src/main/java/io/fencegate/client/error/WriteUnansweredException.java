package io.fencegate.client.error;

import io.fencegate.core.grant.Token;

/**
 * A blocking write was sent, and no answer came within the call's time. It may have been accepted. Reopen the writer:
 * if the gateway's last sequence is not below {@link #sequence()}, the write was accepted; else it was not and never
 * will be.
 *
 * <p>Immutable; any thread.
 */
public final class WriteUnansweredException extends NotReachableException {
    private static final long serialVersionUID = 1L;

    private final long sequence;

    /**
     * States what was not answered.
     *
     * @param resource that was written to
     * @param token of the write
     * @param sequence of the write
     * @param cause what the transport said last, or null
     */
    public WriteUnansweredException(
            final String resource, final long token, final long sequence, final Throwable cause) {
        super(
                "unanswered=write resource=" + resource + " token=" + Token.describe(token) + " sequence=" + sequence,
                cause);
        this.sequence = sequence;
    }

    /** Sequence of the write. @return from 1 */
    public long sequence() {
        return sequence;
    }
}
