package io.fencegate.storage.flow;

import io.fencegate.storage.session.Session;
import io.fencegate.storage.session.SessionEnd;

/** One client as the line turns to it: a way in, a way out, and its session. Called by the line's thread. */
public interface Caller {
    /** Session of the client. @return never another one */
    Session session();

    /**
     * Hands requests to {@link LineDuty#requests()}, a few at a time. Before each of them {@link Session#isRead()}
     * must be true: else it stays where it is.
     *
     * @param limit of what is read, in fragments
     * @return fragments that were read
     */
    int poll(int limit);

    /** Whether the client's way in has ended. @return true if nothing more will come */
    boolean isGone();

    /** The answers that are let go next are this client's. */
    void turnTo();

    /**
     * The session is over: the line does not touch this client again.
     *
     * @param reason why
     */
    void onEnd(SessionEnd reason);
}
