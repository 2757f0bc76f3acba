package io.fencegate.core.grant;

/**
 * A text that is no ticket. The message is a sentence for the person who gave it, and never repeats the ticket, whose
 * seal is nobody else's business.
 */
public final class TicketException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    TicketException(final String message) {
        super(message);
    }
}
