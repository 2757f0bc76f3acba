package io.fencegate.client.session.writer;

/**
 * What a writer does.
 *
 * <pre>
 *   OPENING --opened--> OPEN --session lost--> RESUMING --opened again, consistent--> OPEN
 *      \                  \                        \
 *       `------------------+------------------------+--> STOPPED --reopen, where its reason allows it--> RESUMING
 * </pre>
 *
 * <p>Immutable; any thread.
 */
public enum WriterState {
    /** Its first open is not answered yet. */
    OPENING,
    /** It writes. */
    OPEN,
    /** Its session is lost or in question: it opens the resource again and keeps what it is offered. */
    RESUMING,
    /** It does not write, and does not go on by itself: see its {@link StopReason}. */
    STOPPED,
    /** Its owner has closed it. */
    CLOSED
}
