package io.fencegate.client.error;

/**
 * No answer came within the call's time: the sequencer, the gateway or the media driver is not there, is recovering, or
 * has no majority. The call may be made again.
 *
 * <p>Immutable; any thread.
 */
public class NotReachableException extends FencegateException {
    private static final long serialVersionUID = 1L;

    /**
     * States what was not reached.
     *
     * @param facts as {@code name=value}
     * @param cause what the transport said last, or null
     */
    public NotReachableException(final String facts, final Throwable cause) {
        super(facts + (cause == null ? "" : " cause=" + cause.getMessage()), cause);
    }
}
