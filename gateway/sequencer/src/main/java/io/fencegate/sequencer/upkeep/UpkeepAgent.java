package io.fencegate.sequencer.upkeep;

import io.aeron.Aeron;
import io.aeron.cluster.ConsensusModule;
import io.fencegate.sequencer.counters.SequencerCounters;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;

/**
 * Looks after one node, beside the threads that serve: tells whether it is ready.
 *
 * <p>Its own thread, but where said otherwise.
 */
public final class UpkeepAgent implements Agent {
    private static final long LOOK_MS = 20;

    private final Aeron aeron;
    private final EpochClock clock;
    private final SequencerCounters service;
    private final ConsensusGauges consensus;
    private final ReadinessTracker tracker;
    private final UpkeepCounters counters;
    private long nextLookMs;
    private volatile Readiness readiness = Readiness.JOINING;

    /**
     * Upkeep of a node whose consensus module runs.
     *
     * @param memberId of the node
     * @param config by which it judges
     * @param aeron client of its own, run by its invoker; closed with the agent
     * @param clock of the node
     * @param service what the service counts
     * @param consensus the running module's context
     */
    public UpkeepAgent(
            final int memberId,
            final UpkeepConfig config,
            final Aeron aeron,
            final EpochClock clock,
            final SequencerCounters service,
            final ConsensusModule.Context consensus) {
        this.aeron = aeron;
        this.clock = clock;
        this.service = service;
        this.consensus = new ConsensusGauges(aeron.countersReader(), consensus);
        tracker = new ReadinessTracker(config);
        counters = new UpkeepCounters(aeron, memberId);
    }

    /** Whether the node serves. @return as of the last look; any thread may ask */
    public Readiness readiness() {
        return readiness;
    }

    @Override
    public int doWork() {
        final long nowMs = clock.time();
        int work = aeron.conductorAgentInvoker().invoke();
        if (nowMs >= nextLookMs) {
            nextLookMs = nowMs + LOOK_MS;
            work += look(nowMs);
        }
        return work;
    }

    @Override
    public void onClose() {
        CloseHelper.close(aeron);
    }

    @Override
    public String roleName() {
        return "sequencer-upkeep";
    }

    private int look(final long nowMs) {
        final Readiness now = consensus.isJoined()
                ? tracker.onJoined(nowMs, consensus.committed(), service.positionApplied(), service.beats())
                : tracker.onJoining(nowMs);
        if (now == readiness) {
            return 0;
        }
        counters.readiness(now);
        readiness = now;
        return 1;
    }
}
