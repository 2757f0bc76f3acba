package io.fencegate.storage.session;

/** What an answer says: one value per message that a gateway sends. Immutable; any thread. */
public enum AnswerKind {
    /** The session stands. */
    WELCOME,
    /** An open that waits for its fence; what it says is decided when it leaves. */
    OPENED,
    /** An open was refused. */
    OPEN_REFUSED,
    /** A write was accepted, now or before. */
    WRITE_ACCEPTED,
    /** A write was refused. */
    WRITE_REFUSED,
    /** The last accepted record of a resource. */
    LAST_RECORD,
    /** A hello, a read, or bytes that are no request, were refused. */
    REQUEST_REFUSED
}
