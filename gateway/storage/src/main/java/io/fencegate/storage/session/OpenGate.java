package io.fencegate.storage.session;

import io.fencegate.core.fence.FenceTable;
import io.fencegate.core.fence.RecordRef;
import io.fencegate.core.grant.Verdict;

/**
 * Decides an open at the moment at which its answer leaves, and lets every other answer pass. Its fence is on disk by
 * then. The session owns the resource from the moment at which the answer is out, and not before.
 *
 * <p>The line's thread.
 */
public final class OpenGate implements Outlet {
    private final FenceTable fences;
    private final FenceProof proof;
    private final Outlet next;
    private final Decided decided;
    private final RecordRef last = new RecordRef();

    /** Is told what became of opens. Called by the thread that releases answers. */
    @FunctionalInterface
    public interface Decided {
        /**
         * An open was answered, or is about to be refused.
         *
         * @param session that asked
         * @param answer OPENED or OPEN_REFUSED
         * @param handle of the resource
         */
        void onOpenDecided(Session session, Answer answer, int handle);
    }

    /**
     * Stands before the way to the client.
     *
     * @param fences that decide
     * @param proof for those that are refused
     * @param next takes what may leave
     * @param decided is told once of each open
     */
    public OpenGate(final FenceTable fences, final FenceProof proof, final Outlet next, final Decided decided) {
        this.fences = fences;
        this.proof = proof;
        this.next = next;
        this.decided = decided;
    }

    @Override
    public Result onAnswer(final Session session, final Answer answer, final long durablePosition) {
        if (answer.kind() != AnswerKind.OPENED) {
            return next.onAnswer(session, answer, durablePosition);
        }
        final int handle = answer.handle();
        fences.lastRecord(handle, last);
        if (last.position() > durablePosition) {
            return Result.WAITS;
        }
        final Verdict verdict = decide(session, answer);
        if (verdict == Verdict.OPENED) {
            return tellOpened(session, answer, durablePosition);
        }
        answer.openRefused(verdict, answer.correlationId(), answer.token());
        proof.tell(handle, answer);
        decided.onOpenDecided(session, answer, handle);
        return next.onAnswer(session, answer, durablePosition);
    }

    private Verdict decide(final Session session, final Answer open) {
        final boolean isFence = fences.token(open.handle()) == open.token();
        if (isFence && open.isOvertaken()) {
            return Verdict.NOT_OWNER;
        }
        return fences.opened(open.handle(), open.token(), open.clientId(), session.number());
    }

    private Result tellOpened(final Session session, final Answer open, final long durablePosition) {
        session.owns(open.handle());
        open.tellState(fences);
        final Result result = next.onAnswer(session, open, durablePosition);
        if (result != Result.SENT) {
            fences.suspend(open.handle());
        } else {
            decided.onOpenDecided(session, open, open.handle());
        }
        return result;
    }
}
