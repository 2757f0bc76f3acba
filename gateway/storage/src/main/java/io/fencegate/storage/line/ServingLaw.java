package io.fencegate.storage.line;

import io.fencegate.core.fence.FenceTable;
import io.fencegate.journal.Journal;
import io.fencegate.journal.JournalAppender;
import io.fencegate.journal.fencelog.FenceLog;
import io.fencegate.storage.durability.AppendedPosition;
import io.fencegate.storage.durability.Durability;
import io.fencegate.storage.session.Answer;
import io.fencegate.storage.session.FenceProof;
import io.fencegate.storage.session.OpenGate;
import io.fencegate.storage.session.Outlet;
import io.fencegate.storage.session.RefusalLimit;
import io.fencegate.storage.session.Session;
import io.fencegate.storage.session.SessionEnd;
import io.fencegate.storage.session.SessionLimits;
import io.fencegate.storage.session.Sessions;

/** The line while it serves: requests are decided, answers wait for what they tell of. The line's thread. */
final class ServingLaw implements LineLaw {
    private final FenceTable fences;
    private final Journal journal;
    private final JournalAppender appender;
    private final FenceLog fenceLog;
    private final AppendedPosition appended;
    private final boolean isDurableOnceSynced;
    private final Refusals refusals;
    private final LineFlow flow;
    private final OpenGate outlet;
    private final GatewayCounters counters;

    ServingLaw(
            final Served served,
            final Sessions sessions,
            final SessionLimits limits,
            final AnswerWay way,
            final GatewayCounters counters) {
        this.counters = counters;
        fences = served.fences();
        journal = served.journal();
        appender = journal.appender();
        fenceLog = journal.fenceLog();
        appended = served.appended();
        isDurableOnceSynced = served.durability() == Durability.DISK;
        refusals = new Refusals(fences, appender, new RefusalLimit(fences.capacity(), limits.refusalsPerSecond()));
        final FenceProof proof = new FenceProof(fences, served.sealer());
        flow = new LineFlow(sessions, served, proof, refusals, counters);
        final GatewayFacts facts = new GatewayFacts(
                journal.journalId(), journal.generation(), served.payloadLengthMax(), limits.answersPendingMax());
        outlet = new OpenGate(fences, proof, new AnswerPublisher(way, facts, journal.reader()), this::onOpenDecided);
    }

    @Override
    public LineState state() {
        return LineState.SERVING;
    }

    @Override
    public void onTurn(final long nowNs, final long epochNs) {
        refusals.onTurn(nowNs);
        appender.timestampNs(epochNs);
    }

    @Override
    public RequestHandler requests() {
        return flow;
    }

    @Override
    public Outlet outlet() {
        return outlet;
    }

    @Override
    public long durablePosition() {
        final long position = appender.position();
        if (!isDurableOnceSynced) {
            return position;
        }
        appended.publish(position);
        return journal.syncedPosition();
    }

    @Override
    public long fenceOffsetSynced() {
        return fenceLog.syncedOffset();
    }

    @Override
    public void onEnd(final Session session, final SessionEnd reason) {
        session.end(reason);
        session.disown(fences);
    }

    private void onOpenDecided(final Session session, final Answer answer, final int handle) {
        counters.count(answer.verdict());
        if (!answer.verdict().isSuccess()) {
            refusals.onOvertakenOpen(session, answer, handle);
        }
    }
}
