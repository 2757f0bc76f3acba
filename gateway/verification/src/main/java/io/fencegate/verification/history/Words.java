package io.fencegate.verification.history;

/**
 * Words for the end of a call that are no verdict. A verdict's word is the name of its constant.
 *
 * <p>Constants; any thread.
 */
public final class Words {
    /** The caller gave up, or the history ended, before an answer came. */
    public static final String UNANSWERED = "UNANSWERED";

    /** The caller was told that the write may or may not have been accepted. */
    public static final String IN_DOUBT = "IN_DOUBT";

    private Words() {}
}
