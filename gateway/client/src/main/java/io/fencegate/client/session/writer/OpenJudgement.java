package io.fencegate.client.session.writer;

/**
 * What a writer finds when it compares an OPENED with what it was told before.
 *
 * <p>Immutable; any thread.
 */
public enum OpenJudgement {
    /** The gateway has what it acknowledged, and nothing that this writer did not write. */
    CONSISTENT,
    /** The gateway tells less than before: writes that it had acknowledged are gone. */
    ACKNOWLEDGED_LOST,
    /** The gateway has records under this token that this writer did not write. */
    FOREIGN
}
