package io.fencegate.verification.checker.grant;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Verdict;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;

/** What ends of calls tell of grants. Pure functions; any thread. */
final class Grants {
    private Grants() {}

    /** Whether a caller was told a grant, its own or an operator's. @param end of a call @return true if so */
    static boolean isTold(final Event end) {
        return end.kind() == EventKind.ACQUIRE_ENDED && end.says(LeaseVerdict.GRANTED)
                || end.kind() == EventKind.REVOKE_ENDED && end.says(LeaseVerdict.REVOKED);
    }

    /** Whether a call asks for a grant. @param called its beginning @return true if so */
    static boolean isAsked(final Event called) {
        return called.kind() == EventKind.ACQUIRE_CALLED || called.kind() == EventKind.REVOKE_CALLED;
    }

    /** Whether a caller was told that it has opened. @param end of a call @return true if so */
    static boolean isOpened(final Event end) {
        return end.kind() == EventKind.OPEN_ENDED && end.says(Verdict.OPENED);
    }
}
