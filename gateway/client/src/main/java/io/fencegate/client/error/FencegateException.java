package io.fencegate.client.error;

/**
 * What every exception of the client library extends. The message states facts as {@code name=value}.
 *
 * <p>Immutable; any thread.
 */
public abstract class FencegateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FencegateException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
