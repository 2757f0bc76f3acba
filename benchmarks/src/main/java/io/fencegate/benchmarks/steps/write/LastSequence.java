package io.fencegate.benchmarks.steps.write;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.WriteRequest;
import io.fencegate.storage.flow.RequestHandler;
import io.fencegate.storage.session.Session;

/** Takes decoded writes and remembers the last one's sequence; anything else is a wrong answer. One thread. */
final class LastSequence implements RequestHandler {
    private long sequence;

    long sequence() {
        return sequence;
    }

    @Override
    public void onWrite(final Session session, final WriteRequest write) {
        sequence = write.sequence();
    }

    @Override
    public void onHello(
            final Session session, final long correlationId, final long clientId, final int protocolVersion) {
        throw new WrongAnswerException("a write was decoded as a hello");
    }

    @Override
    public void onOpen(final Session session, final long correlationId, final OpenRequest open) {
        throw new WrongAnswerException("a write was decoded as an open");
    }

    @Override
    public void onRead(final Session session, final long correlationId, final OpenRequest read) {
        throw new WrongAnswerException("a write was decoded as a read");
    }

    @Override
    public void onMalformed(final Session session, final long correlationId, final int templateId) {
        throw new WrongAnswerException("a write is malformed: templateId=" + templateId);
    }

    @Override
    public void onKeepAlive(final Session session) {
        throw new WrongAnswerException("a write was decoded as a keep-alive");
    }

    @Override
    public void onGoodbye(final Session session) {
        throw new WrongAnswerException("a write was decoded as a goodbye");
    }
}
