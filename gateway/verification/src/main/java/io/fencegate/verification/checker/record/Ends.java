package io.fencegate.verification.checker.record;

import io.fencegate.core.grant.Verdict;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.Words;

/** What ends of calls tell of records. Pure functions; any thread. */
final class Ends {
    private Ends() {}

    /** Whether a write was acknowledged. @param end of a call @return true if so */
    static boolean isAcknowledged(final Event end) {
        return end.kind() == EventKind.WRITE_ENDED && (end.says(Verdict.ACCEPTED) || end.says(Verdict.DUPLICATE));
    }

    /** Whether a write was refused, so that it is sure not to be accepted. @param end of a call @return true if so */
    static boolean isRefused(final Event end) {
        return end.kind() == EventKind.WRITE_ENDED
                && !isAcknowledged(end)
                && !end.word().equals(Words.IN_DOUBT)
                && !end.word().equals(Words.UNANSWERED);
    }

    /** Whether a caller was told that it has opened. @param end of a call @return true if so */
    static boolean isOpened(final Event end) {
        return end.kind() == EventKind.OPEN_ENDED && end.says(Verdict.OPENED);
    }

    /** Whether a read found a record. @param end of a call @return true if so */
    static boolean isFound(final Event end) {
        return end.kind() == EventKind.READ_ENDED && end.says(Verdict.FOUND);
    }

    /** Whether a read was told that there is no record. @param end of a call @return true if so */
    static boolean isNotFound(final Event end) {
        return end.kind() == EventKind.READ_ENDED
                && (end.says(Verdict.NO_RECORD) || end.says(Verdict.UNKNOWN_RESOURCE));
    }
}
