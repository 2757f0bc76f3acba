package io.fencegate.client.session.writer;

/**
 * Why an offered write was not taken. All are negative, where a sequence is positive.
 *
 * <p>Constants; any thread.
 */
public final class OfferCode {
    /** The payloads of unsettled writes leave no room for this one. */
    public static final long BACK_PRESSURED = -1;

    /** The writer was closed. */
    public static final long CLOSED = -3;

    /** As many writes are unsettled, or not told, as may be. */
    public static final long WINDOW_FULL = -4;

    /** The writer is not open yet, or has stopped. */
    public static final long NOT_OPEN = -5;

    /** The payload is longer than the gateway takes. */
    public static final long TOO_LARGE = -6;

    private OfferCode() {}
}
