package io.fencegate.storage.session;

import io.fencegate.core.fence.FenceTable;
import org.agrona.collections.IntHashSet;

/**
 * One client's stay at the gateway: its number, its pending answers, what it owns, and when it was last heard.
 *
 * <p>The line's thread.
 */
public final class Session {
    private static final long NOT_BLOCKED = Long.MAX_VALUE;

    private final SessionLimits limits;
    private final AnswerQueue answers;
    private final IntHashSet handles = new IntHashSet();
    private SessionState state = SessionState.HELLO_AWAITED;
    private SessionEnd end;
    private long number = FenceTable.NO_SESSION;
    private long clientId;
    private final long bornNs;
    private long heardNs;
    private long blockedSinceNs = NOT_BLOCKED;

    /**
     * A client has come and has not said who it is.
     *
     * @param limits that it is held to
     * @param nowNs of a clock that only rises, in nanoseconds
     */
    public Session(final SessionLimits limits, final long nowNs) {
        this.limits = limits;
        answers = new AnswerQueue(limits.answersPendingMax());
        bornNs = nowNs;
        heardNs = nowNs;
    }

    /**
     * The client said who it is.
     *
     * @param number of this session, never used before
     * @param clientId of the client
     */
    public void welcome(final long number, final long clientId) {
        if (state != SessionState.HELLO_AWAITED || number == FenceTable.NO_SESSION) {
            throw new IllegalStateException("no welcome now: state=" + state + " number=" + number);
        }
        this.number = number;
        this.clientId = clientId;
        state = SessionState.ACTIVE;
    }

    /**
     * Something was read of the client.
     *
     * @param nowNs of the same clock
     */
    public void heard(final long nowNs) {
        heardNs = nowNs;
    }

    /**
     * An answer was ready and did not get through.
     *
     * @param nowNs of the same clock
     */
    public void blocked(final long nowNs) {
        blockedSinceNs = Math.min(blockedSinceNs, nowNs);
    }

    /** An answer got through. */
    public void delivered() {
        blockedSinceNs = NOT_BLOCKED;
    }

    /**
     * This session will end as soon as its pending answers have left.
     *
     * @param reason why
     */
    public void leave(final SessionEnd reason) {
        if (state != SessionState.ENDED) {
            state = SessionState.LEAVING;
            end = reason;
        }
    }

    /**
     * Whether this session is at its end.
     *
     * @param nowNs of the same clock
     * @return why, or null if it goes on
     */
    public SessionEnd endDue(final long nowNs) {
        if (blockedSinceNs != NOT_BLOCKED && nowNs - blockedSinceNs > limits.answerTimeoutNs()) {
            return SessionEnd.ANSWERS_BLOCKED;
        }
        switch (state) {
            case HELLO_AWAITED:
                return nowNs - bornNs > limits.answerTimeoutNs() ? SessionEnd.NO_HELLO : null;
            case ACTIVE:
                return nowNs - heardNs > limits.sessionTimeoutNs() && answers.size() == 0 ? SessionEnd.SILENT : null;
            case LEAVING:
                return answers.size() == 0 ? end : null;
            case ENDED:
                return end;
            default:
                throw new IllegalStateException("state=" + state);
        }
    }

    /**
     * This session is over.
     *
     * @param reason why
     */
    public void end(final SessionEnd reason) {
        state = SessionState.ENDED;
        end = reason;
    }

    /**
     * Nobody owns what this session owned.
     *
     * @param fences that forget it
     */
    public void disown(final FenceTable fences) {
        final IntHashSet.IntIterator owned = handles.iterator();
        while (owned.hasNext()) {
            fences.disown(owned.nextValue(), number);
        }
        handles.clear();
    }

    /**
     * Remembers a resource that this session opened.
     *
     * @param handle of the resource
     */
    void owns(final int handle) {
        handles.add(handle);
    }

    /** Whether requests of this session are read now. @return false if it leaves, or has no room for an answer */
    public boolean isRead() {
        return answers.hasRoom() && (state == SessionState.HELLO_AWAITED || state == SessionState.ACTIVE);
    }

    /** The pending answers. @return never another queue */
    public AnswerQueue answers() {
        return answers;
    }

    /** Where this session stands. @return its state */
    public SessionState state() {
        return state;
    }

    /** Number of this session. @return {@link FenceTable#NO_SESSION} before the hello */
    public long number() {
        return number;
    }

    /** Client of this session. @return its clientId, 0 before the hello */
    public long clientId() {
        return clientId;
    }
}
