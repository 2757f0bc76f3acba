package io.fencegate.storage.flow;

import io.fencegate.codecs.WireTemplates;
import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.WriteRequest;
import io.fencegate.core.grant.Verdict;
import io.fencegate.storage.session.Answer;
import io.fencegate.storage.session.Outlet;
import io.fencegate.storage.session.Session;
import io.fencegate.storage.session.SessionEnd;

/**
 * Says RECOVERING to every hello while the journal is read: there is no generation yet, so nobody can be welcomed, and
 * nothing but a hello is heard of who was not.
 *
 * <p>The line's thread.
 */
public final class RecoveringLaw implements LineLaw, RequestHandler {
    private final Outlet answers;
    private final Tally tally;

    /**
     * Welcomes nobody.
     *
     * @param answers takes refusals
     * @param tally of the verdicts
     */
    public RecoveringLaw(final Outlet answers, final Tally tally) {
        this.answers = answers;
        this.tally = tally;
    }

    @Override
    public void onHello(
            final Session session, final long correlationId, final long clientId, final int protocolVersion) {
        refuse(session, Verdict.RECOVERING, correlationId, WireTemplates.HELLO);
    }

    @Override
    public void onOpen(final Session session, final long correlationId, final OpenRequest open) {
        throw unwelcomed(session);
    }

    @Override
    public void onWrite(final Session session, final WriteRequest write) {
        throw unwelcomed(session);
    }

    @Override
    public void onRead(final Session session, final long correlationId, final OpenRequest read) {
        throw unwelcomed(session);
    }

    @Override
    public void onMalformed(final Session session, final long correlationId, final int templateId) {
        refuse(session, Verdict.MALFORMED, correlationId, templateId);
    }

    @Override
    public void onKeepAlive(final Session session) {
        throw unwelcomed(session);
    }

    @Override
    public void onGoodbye(final Session session) {
        throw unwelcomed(session);
    }

    @Override
    public void onTurn(final long nowNs, final long epochNs) {
        // Nothing here depends on time.
    }

    @Override
    public RequestHandler requests() {
        return this;
    }

    @Override
    public Outlet outlet() {
        return answers;
    }

    @Override
    public long durablePosition() {
        return 0;
    }

    @Override
    public long fenceOffsetSynced() {
        return 0;
    }

    @Override
    public void onEnd(final Session session, final SessionEnd reason) {
        session.end(reason);
    }

    private void refuse(final Session session, final Verdict verdict, final long correlationId, final int templateId) {
        final Answer answer = session.answers().reserve();
        answer.requestRefused(verdict, correlationId, templateId);
        session.answers().add();
        tally.count(verdict);
    }

    private static IllegalStateException unwelcomed(final Session session) {
        return new IllegalStateException("nobody is welcomed while recovering: session=" + session.number());
    }
}
