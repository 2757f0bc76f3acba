package io.fencegate.verification.checker.linear;

import io.fencegate.core.grant.Verdict;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.Words;

/**
 * A call, as what may happen to a resource because of it: its effect (a fence is raised, a write is appended), which is one
 * moment, and its answer, which is another: between the two, an open refuses lower tokens and owns nothing yet.
 *
 * <p>Immutable; any thread.
 *
 * @param called how it began
 * @param end what the caller was told; null if nothing, so that its effect may come at any time or never
 * @param begin when, as a number in the history
 * @param until when the answer was there; {@link Integer#MAX_VALUE} if there is none
 */
record Operation(Event called, Event end, int begin, int until) {
    /** It may still do something. */
    static final byte BEGUN = 0;

    /** Its effect is there. */
    static final byte EFFECTIVE = 1;

    /** It has been answered. */
    static final byte ANSWERED = 2;

    /** A call that is over. */
    static Operation answered(final Event called, final Event end, final int begin, final int until) {
        return new Operation(called, end, begin, until);
    }

    /** A call of which only the effect may be seen, at any time or never. */
    static Operation ghost(final Event called, final int begin) {
        return new Operation(called, null, begin, Integer.MAX_VALUE);
    }

    /** Whether the caller was told something that is true of the resource. @param end of a call @return true if so */
    static boolean isAnswer(final Event end) {
        return !end.word().equals(Words.UNANSWERED) && !end.word().equals(Words.IN_DOUBT);
    }

    /** Whether the answer is none of the four successes. @return true if so */
    boolean isRefusal() {
        return end != null
                && !end.says(Verdict.OPENED)
                && !end.says(Verdict.ACCEPTED)
                && !end.says(Verdict.DUPLICATE)
                && !end.says(Verdict.FOUND);
    }

    private boolean isAccepted() {
        return end != null && end.says(Verdict.ACCEPTED);
    }

    /** The state behind the effect. @param state before it @return null if it can have none now */
    ResourceState effect(final ResourceState state) {
        return switch (called.kind()) {
            case OPEN_CALLED -> state.raised(called);
            case WRITE_CALLED -> isRefusal() ? null : state.appended(called, end);
            default -> null;
        };
    }

    /** Whether the answer may be given. @param state at that moment @param progress so far @param forgets fences */
    boolean mayAnswer(final ResourceState state, final byte progress, final boolean forgets) {
        if (end == null) {
            return false;
        }
        return switch (called.kind()) {
            case OPEN_CALLED -> end.says(Verdict.OPENED) ? state.mayOpen(called, end) : mayRefuse(state, forgets);
            case WRITE_CALLED ->
                isAccepted()
                        ? progress == EFFECTIVE
                        : end.says(Verdict.DUPLICATE) ? state.isDuplicate(called, end) : mayRefuse(state, forgets);
            default -> mayRead(state);
        };
    }

    private boolean mayRefuse(final ResourceState state, final boolean forgets) {
        return forgets
                || !end.says(Verdict.STALE_TOKEN)
                || state.fence() > called.token() && state.fence() >= end.fence();
    }

    private boolean mayRead(final ResourceState state) {
        if (end.says(Verdict.FOUND)) {
            return state.mayFind(end);
        }
        if (end.says(Verdict.NO_RECORD)) {
            return state.fence() != 0 && state.last().token() == 0;
        }
        return !end.says(Verdict.UNKNOWN_RESOURCE) || state.fence() == 0;
    }

    /** Whether anybody can tell that it was called at all. @return false for a read without an answer */
    boolean matters() {
        return end != null || called.kind() != EventKind.READ_CALLED;
    }
}
