package io.fencegate.storage.line;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.fencegate.storage.session.Session;
import io.fencegate.storage.session.SessionEnd;

/**
 * One client as Aeron sees it, and its session: made and closed by the admission agent, in between used only by the line.
 * Every hand-over goes through a queue.
 */
public final class ClientChannel {
    private final Image requests;
    private final ExclusivePublication answers;
    private final Session session;
    private SessionEnd end;

    /**
     * A client whose answers have a way.
     *
     * @param requests of the client
     * @param answers to the client, connected
     * @param session of the client, new
     */
    public ClientChannel(final Image requests, final ExclusivePublication answers, final Session session) {
        this.requests = requests;
        this.answers = answers;
        this.session = session;
    }

    /** Requests of the client. @return its image */
    public Image requests() {
        return requests;
    }

    /** Way to the client. @return its publication */
    public ExclusivePublication answers() {
        return answers;
    }

    /** Session of the client. @return never another one */
    public Session session() {
        return session;
    }

    /** Why the line gave it back. @return null while the line uses it */
    public SessionEnd end() {
        return end;
    }

    /**
     * The line gives it back.
     *
     * @param reason why
     */
    public void end(final SessionEnd reason) {
        end = reason;
    }
}
