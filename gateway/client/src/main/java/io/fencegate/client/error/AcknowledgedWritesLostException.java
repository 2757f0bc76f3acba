package io.fencegate.client.error;

import io.fencegate.core.grant.Token;

/**
 * The gateway tells less than it told before: writes that it had acknowledged are gone (its journal was lost, or came
 * back from a backup). The writer stops.
 *
 * <p>Immutable; any thread.
 */
public final class AcknowledgedWritesLostException extends FencegateException {
    private static final long serialVersionUID = 1L;

    private final String resource;
    private final long sequenceTold;
    private final long sequenceFound;

    /**
     * States what is lost.
     *
     * @param resource that was written to
     * @param token of the writer
     * @param sequenceTold last sequence under this token that the gateway had acknowledged
     * @param sequenceFound last sequence under this token that it tells now
     */
    public AcknowledgedWritesLostException(
            final String resource, final long token, final long sequenceTold, final long sequenceFound) {
        super(
                "acknowledgedWritesLost=true resource=" + resource + " token=" + Token.describe(token)
                        + " sequenceTold=" + sequenceTold + " sequenceFound=" + sequenceFound,
                null);
        this.resource = resource;
        this.sequenceTold = sequenceTold;
        this.sequenceFound = sequenceFound;
    }

    /** Resource that was written to. @return its name */
    public String resource() {
        return resource;
    }

    /** Last sequence that the gateway had acknowledged under this token. @return 0 if none */
    public long sequenceTold() {
        return sequenceTold;
    }

    /** Last sequence that the gateway tells now under this token. @return 0 if none */
    public long sequenceFound() {
        return sequenceFound;
    }
}
