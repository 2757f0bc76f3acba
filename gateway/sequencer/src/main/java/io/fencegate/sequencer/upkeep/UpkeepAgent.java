package io.fencegate.sequencer.upkeep;

import io.aeron.Aeron;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.NodeStateFile;
import io.aeron.cluster.client.ClusterEvent;
import io.fencegate.sequencer.counters.SequencerCounters;
import io.fencegate.sequencer.muster.LogExtent;
import io.fencegate.sequencer.muster.MemberStatus;
import io.fencegate.sequencer.muster.Membership;
import io.fencegate.sequencer.muster.Muster;
import io.fencegate.sequencer.muster.Muster.Decision;
import io.fencegate.sequencer.muster.Muster.SeedGoal;
import io.fencegate.sequencer.muster.Standing;
import io.fencegate.sequencer.muster.StatusExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;

/**
 * Looks after one node, beside the threads that serve: hears and tells the members what they have, lets the node take
 * part in elections when it may, copies the log for it if it has none, asks for snapshots, purges what nobody needs, and
 * tells whether the node is ready.
 *
 * <p>Its own thread, but where said otherwise.
 */
public final class UpkeepAgent implements Agent {
    private static final long LOOK_MS = 20;
    private static final long TICK_IN_MOTION_MS = 100;

    private final UpkeepPlace place;
    private final Aeron aeron;
    private final EpochClock clock;
    private final SequencerCounters service;
    private final NodeParts parts;
    private final ErrorHandler errorHandler;
    private final Muster muster;
    private final StatusExchange exchange;
    private final LocalLog localLog;
    private final ReadinessTracker tracker;
    private final SnapshotTracker snapshots;
    private final UpkeepCounters counters;
    private Membership membership;
    private ConsensusGauges consensus;
    private Seeding seeding;
    private volatile LogExtent extent = LogExtent.NOTHING;
    private String progress = "";
    private boolean isRefused;
    private long nextLookMs;
    private long nextTickMs;
    private volatile Readiness readiness = Readiness.WAITING;

    /**
     * Upkeep of a node whose driver and archive run.
     *
     * @param place of the node
     * @param aeron client of its own, run by its invoker; closed with the agent
     * @param archive session of that client; closed with the agent
     * @param clock of the node
     * @param service what the service counts
     * @param parts of the node that are to be started
     * @param errorHandler told of what failed and is tried again
     */
    public UpkeepAgent(
            final UpkeepPlace place,
            final Aeron aeron,
            final AeronArchive archive,
            final EpochClock clock,
            final SequencerCounters service,
            final NodeParts parts,
            final ErrorHandler errorHandler) {
        this.place = place;
        this.aeron = aeron;
        this.clock = clock;
        this.service = service;
        this.parts = parts;
        this.errorHandler = errorHandler;
        membership = Membership.read(place.cluster());
        muster = new Muster(
                place.memberId(), place.endpoints().size(), place.config().silenceMs());
        exchange = new StatusExchange(aeron, place.memberId(), place.endpoints(), this::onStatus, errorHandler);
        localLog = new LocalLog(place.cluster().toFile(), archive);
        tracker = new ReadinessTracker(place.config());
        snapshots = new SnapshotTracker(place.config().snapshotLength());
        counters = new UpkeepCounters(aeron, place.memberId());
    }

    /**
     * The node takes part already. Before the agent's thread starts.
     *
     * @param module context of the running consensus module
     */
    public void onStarted(final ConsensusModule.Context module) {
        consensus = new ConsensusGauges(aeron.countersReader(), module);
        readiness = Readiness.JOINING;
    }

    /** Whether the node serves. @return as of the last look; any thread may ask */
    public Readiness readiness() {
        return readiness;
    }

    /** What the node has of the log. @return as of the last tick; any thread may ask */
    public LogExtent log() {
        return extent;
    }

    @Override
    public int doWork() {
        final long nowMs = clock.time();
        int work = aeron.conductorAgentInvoker().invoke();
        work += exchange.poll();
        if (nowMs >= nextLookMs) {
            nextLookMs = nowMs + LOOK_MS;
            work += look(nowMs);
        }
        if (nowMs >= nextTickMs) {
            nextTickMs = nowMs + TICK_IN_MOTION_MS;
            work += tick(nowMs);
        }
        return work;
    }

    @Override
    public void onClose() {
        parts.onEnded();
        CloseHelper.closeAll(seeding, exchange, localLog, aeron);
    }

    @Override
    public String roleName() {
        return "sequencer-upkeep";
    }

    private void onStatus(final MemberStatus status) {
        muster.onStatus(clock.time(), status);
    }

    private int look(final long nowMs) {
        return consensus == null ? 0 : show(readinessOfConsensus(nowMs));
    }

    private Readiness readinessOfConsensus(final long nowMs) {
        if (!consensus.isJoined() || !service.isFounded()) {
            return tracker.onJoining(nowMs);
        }
        final long committed = Math.max(consensus.committed(), muster.committed(nowMs, membership.founders()));
        return tracker.onJoined(nowMs, committed, service.positionApplied(), service.beats());
    }

    private int tick(final long nowMs) {
        final boolean isSnapshotUnderWay = consensus != null && !consensus.isNeutral();
        extent = localLog.read(consensus == null ? LogExtent.NONE : consensus.committed());
        final MemberStatus own = status();
        exchange.tell(own);
        counters.show(extent, snapshots.failures(), muster.hearing(nowMs));
        if (consensus == null) {
            return muster(nowMs, own);
        }
        if (muster.isComplete(nowMs, membership.founders())) {
            nextTickMs = nowMs + place.config().tickMs();
        }
        return keepSnapshots(nowMs, isSnapshotUnderWay) + purge(nowMs, own);
    }

    private MemberStatus status() {
        return new MemberStatus(
                place.memberId(),
                membership.standing(),
                membership.incarnation(),
                muster.heard(membership.incarnation()),
                membership.founders(),
                localLog.candidateTermId(),
                extent);
    }

    private int muster(final long nowMs, final MemberStatus own) {
        if (isRefused) {
            return 0;
        }
        if (seeding != null) {
            return seed();
        }
        final Decision decision = muster.decide(nowMs, own);
        switch (decision.step()) {
            case FOUND -> keep(Standing.MEMBER, decision);
            case SEED -> {
                keep(Standing.SEEDING, decision);
                seeding = new Seeding(parts.startCopy(), aeron.countersReader());
                show(Readiness.SEEDING);
            }
            case AWAIT_SEED -> show(Readiness.SEEDING);
            case WAIT -> show(Readiness.WAITING);
            case START -> start();
            case REFUSE -> {
                isRefused = true;
                parts.onRefused(decision.fact());
                return 1;
            }
            default -> throw new IllegalStateException("no such step: step=" + decision.step());
        }
        tell(decision.fact());
        return 1;
    }

    private void keep(final Standing standing, final Decision decision) {
        membership = membership.with(standing, decision.founders());
        membership.write(place.cluster());
    }

    private int seed() {
        final SeedGoal goal = muster.seedGoal(membership.incarnation());
        if (goal == null) {
            tell("copies the log, and waits to hear that all members know of it: unaware="
                    + muster.unaware(membership.incarnation()));
            return 0;
        }
        if (!seeding.has(goal.logEnd())) {
            return 0;
        }
        seeding.close();
        seeding = null;
        forbidVotes(goal.candidateTermId());
        membership = membership.with(Standing.MEMBER, membership.founders());
        membership.write(place.cluster());
        tell("has copied the log: logEnd=" + goal.logEnd());
        return 1;
    }

    /** For terms in which the directory that was lost may have voted. */
    private void forbidVotes(final long candidateTermId) {
        try (NodeStateFile votes = new NodeStateFile(place.cluster().toFile(), true, place.fileSyncLevel())) {
            votes.proposeMaxCandidateTermId(candidateTermId, extent.end(), clock.time());
        } catch (final IOException unwritable) {
            throw new UncheckedIOException("cannot keep the term of the last vote", unwritable);
        }
    }

    private void start() {
        onStarted(parts.startConsensus());
        tell("");
    }

    private int keepSnapshots(final long nowMs, final boolean isUnderWay) {
        if (!consensus.isLeader() || !consensus.isJoined()) {
            snapshots.onFollowing();
            return 0;
        }
        if (snapshots.isFailed(nowMs, extent.snapshotNewest(), isUnderWay)) {
            errorHandler.onError(new ClusterEvent("a snapshot was asked for and did not come: member="
                    + place.memberId() + " newest=" + extent.snapshotNewest() + " failed=" + snapshots.failures()));
        }
        final boolean isDue =
                snapshots.isDue(nowMs, extent.committed(), extent.snapshotNewest(), muster.isSeedWanted(nowMs));
        if (isDue && consensus.trySnapshot()) {
            snapshots.onAsked(nowMs, extent.committed());
            return 1;
        }
        return 0;
    }

    private int purge(final long nowMs, final MemberStatus own) {
        final long limit = muster.purgeLimit(nowMs, own);
        return limit > 0 && localLog.purge(limit) > 0 ? 1 : 0;
    }

    private int show(final Readiness now) {
        if (now == readiness && counters.isShown(now)) {
            return 0;
        }
        counters.readiness(now);
        readiness = now;
        return 1;
    }

    private void tell(final String fact) {
        final String told = exchange.refused() == 0 || fact.isEmpty()
                ? fact
                : fact + "; somebody talks to it who is no other member: see sequencer.members and --node";
        if (!told.equals(progress)) {
            progress = told;
            if (!told.isEmpty()) {
                parts.onProgress("member " + place.memberId() + " " + told);
            }
        }
    }
}
