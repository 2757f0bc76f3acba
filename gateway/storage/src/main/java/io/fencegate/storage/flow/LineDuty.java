package io.fencegate.storage.flow;

import io.fencegate.storage.session.Answer;
import io.fencegate.storage.session.Outlet;
import io.fencegate.storage.session.Session;
import io.fencegate.storage.session.SessionEnd;
import io.fencegate.storage.session.Sessions;
import java.util.ArrayList;
import org.agrona.collections.ArrayListUtil;

/**
 * The line's turn: every client's requests are read in turn, a few at a time, and decided; answers are let go; sessions at
 * their end end. A turn is {@link #beginTurn}, {@link #pollRequests}, {@link #releaseAnswers}, {@link #tendSessions}.
 *
 * <p>The line's thread; after warm-up a turn without clients that come or go does not allocate.
 */
public final class LineDuty {
    /** Clients whose requests are looked for in one turn. */
    public static final int CALLERS_PER_TURN = 64;

    /** Fragments that are read of one client in one turn. */
    public static final int FRAGMENTS_PER_TURN = 16;

    /** Sessions are tended once in so long, in nanoseconds. */
    public static final long TEND_INTERVAL_NS = 1_000_000L;

    private final ArrayList<Caller> callers = new ArrayList<>();
    private final Outlet outlet = this::onAnswer;
    private final Sessions sessions;
    private final Tally tally;
    private final RequestGate requests;
    private LineLaw law;
    private int callerNext;
    private long nowNs;
    private long tendedNs;

    /**
     * A line without clients.
     *
     * @param law that holds until {@link #law(LineLaw)}
     * @param sessions none yet; the law knows them too
     * @param tally of sessions
     * @param nowNs of a clock that only rises, in nanoseconds
     */
    public LineDuty(final LineLaw law, final Sessions sessions, final Tally tally, final long nowNs) {
        this.law = law;
        requests = new RequestGate(law.requests());
        this.sessions = sessions;
        this.tally = tally;
        this.nowNs = nowNs;
        tendedNs = nowNs - TEND_INTERVAL_NS;
    }

    /** Where callers hand their requests to, whichever law holds. @return never another one */
    public RequestHandler requests() {
        return requests;
    }

    /**
     * From now on another law holds.
     *
     * @param next that decides what follows
     * @param epochNs nanoseconds since 1970-01-01T00:00Z
     */
    public void law(final LineLaw next, final long epochNs) {
        law = next;
        law.onTurn(nowNs, epochNs);
        requests.law(law.requests());
    }

    /**
     * A turn begins.
     *
     * @param timeNs of the same clock
     * @param epochNs nanoseconds since 1970-01-01T00:00Z
     */
    public void beginTurn(final long timeNs, final long epochNs) {
        nowNs = timeNs;
        law.onTurn(timeNs, epochNs);
    }

    /**
     * A client has come.
     *
     * @param caller with a new session
     */
    public void admit(final Caller caller) {
        callers.add(caller);
        sessions.add(caller.session());
        tally.sessions(callers.size());
    }

    /** Lets requests be decided. @return fragments that were read */
    public int pollRequests() {
        int work = 0;
        final int count = Math.min(callers.size(), CALLERS_PER_TURN);
        for (int i = 0; i < count; i++) {
            if (callerNext >= callers.size()) {
                callerNext = 0;
            }
            final Caller caller = callers.get(callerNext++);
            if (caller.session().isRead()) {
                final int fragments = caller.poll(FRAGMENTS_PER_TURN);
                if (fragments > 0) {
                    caller.session().heard(nowNs);
                    work += fragments;
                }
            }
        }
        return work;
    }

    /** Lets answers go whose needs are met. @return answers that left */
    public int releaseAnswers() {
        int work = 0;
        final long durablePosition = law.durablePosition();
        final long fenceOffsetSynced = law.fenceOffsetSynced();
        for (int i = 0; i < callers.size(); i++) {
            final Caller caller = callers.get(i);
            final Session session = caller.session();
            if (session.answers().size() > 0) {
                caller.turnTo();
                work += session.answers().release(session, durablePosition, fenceOffsetSynced, outlet);
            }
        }
        return work;
    }

    /** Whether it is time for {@link #tendSessions}. @return false if they were tended just now */
    public boolean isTendingDue() {
        return nowNs - tendedNs >= TEND_INTERVAL_NS;
    }

    /** Ends every session that is at its end. @return sessions that ended */
    public int tendSessions() {
        tendedNs = nowNs;
        int ended = 0;
        for (int i = callers.size() - 1; i >= 0; i--) {
            final Caller caller = callers.get(i);
            final SessionEnd due =
                    caller.isGone() ? SessionEnd.CLIENT_GONE : caller.session().endDue(nowNs);
            if (due != null) {
                end(i, due);
                ended++;
            }
        }
        return ended;
    }

    /** The gateway closes: every session ends. */
    public void close() {
        while (!callers.isEmpty()) {
            end(callers.size() - 1, SessionEnd.GATEWAY_CLOSED);
        }
    }

    private Outlet.Result onAnswer(final Session session, final Answer answer, final long durablePosition) {
        final Outlet.Result result = law.outlet().onAnswer(session, answer, durablePosition);
        if (result == Outlet.Result.SENT) {
            session.delivered();
        } else if (result == Outlet.Result.BLOCKED) {
            session.blocked(nowNs);
        }
        return result;
    }

    private void end(final int index, final SessionEnd reason) {
        final Caller caller = callers.get(index);
        ArrayListUtil.fastUnorderedRemove(callers, index);
        sessions.remove(caller.session());
        law.onEnd(caller.session(), reason);
        tally.sessions(callers.size());
        if (reason == SessionEnd.ANSWERS_BLOCKED) {
            tally.countBlocked();
        }
        caller.onEnd(reason);
    }
}
