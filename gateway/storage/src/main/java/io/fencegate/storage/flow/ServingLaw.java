package io.fencegate.storage.flow;

import io.fencegate.core.fence.FenceTable;
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
public final class ServingLaw implements LineLaw {
    private final FenceTable fences;
    private final Recorder recorder;
    private final SyncProgress synced;
    private final boolean isDurableOnceSynced;
    private final Refusals refusals;
    private final LineFlow flow;
    private final OpenGate outlet;
    private final Tally tally;

    /**
     * Joins fences, journal and answers.
     *
     * @param parts what recovery gave to the line
     * @param sessions of the gateway
     * @param limits of sessions
     * @param answers takes what may leave; it is encoded, or turned into {@code TRIMMED} if its record is not kept
     * @param tally of the verdicts
     */
    public ServingLaw(
            final LawParts parts,
            final Sessions sessions,
            final SessionLimits limits,
            final Outlet answers,
            final Tally tally) {
        this.tally = tally;
        fences = parts.fences();
        recorder = parts.recorder();
        synced = parts.synced();
        isDurableOnceSynced = parts.isDurableOnceSynced();
        refusals = new Refusals(fences, recorder, new RefusalLimit(fences.capacity(), limits.refusalsPerSecond()));
        final FenceProof proof = new FenceProof(fences, parts.sealer());
        flow = new LineFlow(sessions, parts, proof, refusals, tally);
        outlet = new OpenGate(fences, proof, answers, this::onOpenDecided);
    }

    @Override
    public void onTurn(final long nowNs, final long epochNs) {
        refusals.onTurn(nowNs);
        recorder.onTurn(epochNs);
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
        final long position = recorder.position();
        if (!isDurableOnceSynced) {
            return position;
        }
        synced.want(position);
        return synced.syncedPosition();
    }

    @Override
    public long fenceOffsetSynced() {
        return synced.fenceOffsetSynced();
    }

    @Override
    public void onEnd(final Session session, final SessionEnd reason) {
        session.end(reason);
        session.disown(fences);
    }

    private void onOpenDecided(final Session session, final Answer answer, final int handle) {
        tally.count(answer.verdict());
        if (!answer.verdict().isSuccess()) {
            refusals.onOvertakenOpen(session, answer, handle);
        }
    }
}
