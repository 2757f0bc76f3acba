package io.fencegate.storage.session;

import java.util.ArrayList;
import org.agrona.collections.ArrayListUtil;

/** The sessions of a gateway. The line's thread. */
public final class Sessions {
    private final ArrayList<Session> sessions = new ArrayList<>();
    private final int sessionsMax;

    /**
     * A gateway without clients.
     *
     * @param sessionsMax sessions that may be welcomed at a time
     */
    public Sessions(final int sessionsMax) {
        this.sessionsMax = sessionsMax;
    }

    /**
     * A client has come.
     *
     * @param session that it has now
     */
    public void add(final Session session) {
        sessions.add(session);
    }

    /**
     * A client has left.
     *
     * @param session that it had
     */
    public void remove(final Session session) {
        final int index = sessions.indexOf(session);
        if (index < 0) {
            throw new IllegalStateException("no such session: number=" + session.number());
        }
        ArrayListUtil.fastUnorderedRemove(sessions, index);
    }

    /** Whether another session may be welcomed. @return false if as many are as may */
    public boolean hasRoom() {
        int welcomed = 0;
        for (int i = 0; i < sessions.size(); i++) {
            if (sessions.get(i).number() != 0) {
                welcomed++;
            }
        }
        return welcomed < sessionsMax;
    }

    /**
     * The holder of a token opens again: opens with it that still wait in its older sessions come too late.
     *
     * @param younger session that opens
     * @param handle of the resource
     * @param token of the open
     */
    public void overtakeOpens(final Session younger, final int handle, final long token) {
        for (int i = 0; i < sessions.size(); i++) {
            final Session session = sessions.get(i);
            if (session != younger) {
                session.answers().overtakeOpens(handle, token);
            }
        }
    }

    /** Sessions, welcomed or not. @return count */
    public int size() {
        return sessions.size();
    }
}
