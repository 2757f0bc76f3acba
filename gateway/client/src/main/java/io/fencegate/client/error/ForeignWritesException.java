package io.fencegate.client.error;

import io.fencegate.core.grant.Token;

/**
 * Under this writer's token the gateway has records that this writer did not write: somebody else uses the same ticket.
 * The writer stops.
 *
 * <p>Immutable; any thread.
 */
public final class ForeignWritesException extends FencegateException {
    private static final long serialVersionUID = 1L;

    private final String resource;
    private final long sequenceSent;
    private final long sequenceFound;

    /**
     * States what was found.
     *
     * @param resource that was written to
     * @param token of the writer
     * @param sequenceSent last sequence that this writer has sent
     * @param sequenceFound last sequence under this token at the gateway
     */
    public ForeignWritesException(
            final String resource, final long token, final long sequenceSent, final long sequenceFound) {
        super(
                "foreignWrites=true resource=" + resource + " token=" + Token.describe(token) + " sequenceSent="
                        + sequenceSent + " sequenceFound=" + sequenceFound,
                null);
        this.resource = resource;
        this.sequenceSent = sequenceSent;
        this.sequenceFound = sequenceFound;
    }

    /** Resource that was written to. @return its name */
    public String resource() {
        return resource;
    }

    /** Last sequence that this writer has sent. @return 0 if none */
    public long sequenceSent() {
        return sequenceSent;
    }

    /** Last sequence under this token at the gateway. @return equal to the sent one if only the bytes differ */
    public long sequenceFound() {
        return sequenceFound;
    }
}
