package io.fencegate.storage.flow;

import io.fencegate.storage.session.Session;
import io.fencegate.storage.session.SessionEnd;
import io.fencegate.storage.session.SessionLimits;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/** A client on paper: its requests wait in a queue until the line reads them. */
final class PaperCaller implements Caller {
    private final Queue<Consumer<Session>> requests = new ArrayDeque<>();
    private final Session session;
    boolean isGone;
    SessionEnd end;

    PaperCaller(final SessionLimits limits, final long nowNs) {
        session = new Session(limits, nowNs);
    }

    void sends(final Consumer<Session> request) {
        requests.add(request);
    }

    int waiting() {
        return requests.size();
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public int poll(final int limit) {
        int count = 0;
        while (count < limit && !requests.isEmpty() && session.isRead()) {
            requests.poll().accept(session);
            count++;
        }
        return count;
    }

    @Override
    public boolean isGone() {
        return isGone;
    }

    @Override
    public void turnTo() {
        // Answers carry their session here.
    }

    @Override
    public void onEnd(final SessionEnd reason) {
        end = reason;
    }
}
