package io.fencegate.sequencer;

import io.aeron.Aeron;
import io.aeron.archive.Archive;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ClusterBackup;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.Configuration;
import io.aeron.driver.MediaDriver;
import io.aeron.exceptions.AeronException;
import io.fencegate.sequencer.counters.CounterMirror;
import io.fencegate.sequencer.counters.SequencerCounters;
import io.fencegate.sequencer.login.LoginAuthenticator;
import io.fencegate.sequencer.muster.LogExtent;
import io.fencegate.sequencer.service.FailStopService;
import io.fencegate.sequencer.service.SequencerService;
import io.fencegate.sequencer.service.StopListener;
import io.fencegate.sequencer.service.StopListener.StopReason;
import io.fencegate.sequencer.upkeep.NodeParts;
import io.fencegate.sequencer.upkeep.Readiness;
import io.fencegate.sequencer.upkeep.UpkeepAgent;
import io.fencegate.sequencer.upkeep.UpkeepPlace;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * One running node of the sequencer: media driver, archive, consensus module, the lease table, and their upkeep, in this process and
 * on threads of their own.
 *
 * <p>Launch and close from one thread; the accessors may be called by any.
 */
public final class SequencerNode implements AutoCloseable {
    private static final long FAREWELL_NS = 3 * Configuration.PUBLICATION_HEARTBEAT_TIMEOUT_NS;
    private static final int UPKEEP_IDLE_MS = 5;

    private final SequencerConfig config;
    private final NodeDirectories directories;
    private final Hosted hosted;
    private final UnaryOperator<IdleStrategy> idling;
    private final StopListener listener;
    private final AtomicBoolean isStopped = new AtomicBoolean();
    private final AtomicLong errors = new AtomicLong();

    private NodeContexts contexts;
    private MediaDriver driver;
    private Archive archive;
    private volatile ConsensusModule consensusModule;
    private volatile ClusteredServiceContainer container;
    private UpkeepAgent upkeep;
    private AgentRunner upkeepRunner;

    private SequencerNode(
            final SequencerConfig config,
            final NodeDirectories directories,
            final Hosted hosted,
            final UnaryOperator<IdleStrategy> idling,
            final StopListener listener) {
        this.config = config;
        this.directories = directories;
        this.hosted = hosted;
        this.idling = idling;
        this.listener = listener;
    }

    /**
     * Starts a node. It returns when the node runs, which is before the cluster has a leader, and, unless the node is its
     * whole cluster, before it has heard the others.
     *
     * @param config of the node
     * @param listener told when the node stops by itself
     * @return the node
     * @throws SequencerInUseException if another process has one of its directories
     * @throws IllegalArgumentException if a directory is not what it should be
     * @throws RuntimeException if a part does not start; the parts that had started are closed
     */
    public static SequencerNode launch(final SequencerConfig config, final StopListener listener) {
        return launch(config, UnaryOperator.identity(), listener);
    }

    /** Starts a node whose threads idle by what is made of the configured strategies. */
    static SequencerNode launch(
            final SequencerConfig config, final UnaryOperator<IdleStrategy> idling, final StopListener listener) {
        return launchAlone(config, leaseTable(config), idling, listener);
    }

    /** Starts a node that hosts another service. */
    static SequencerNode launch(
            final SequencerConfig config,
            final ClusteredService service,
            final SequencerCounters counters,
            final UnaryOperator<IdleStrategy> idling,
            final StopListener listener) {
        return launchAlone(config, new Hosted(service, counters), idling, listener);
    }

    /** Starts one of several nodes in directories that were taken for it, and closes them with it. */
    static SequencerNode launch(
            final SequencerConfig config,
            final NodeDirectories directories,
            final boolean isSettled,
            final Hosted hosted,
            final UnaryOperator<IdleStrategy> idling,
            final StopListener listener) {
        final SequencerNode node = new SequencerNode(config, directories, hosted, idling, listener);
        try {
            node.start(isSettled);
            return node;
        } catch (final Throwable t) {
            CloseHelper.quietClose(node);
            throw t;
        }
    }

    /** The lease table, and what it counts. */
    static Hosted leaseTable(final SequencerConfig config) {
        final SequencerCounters counters = new SequencerCounters();
        return new Hosted(
                new SequencerService(
                        config.charter(),
                        config.leases().keyFile(),
                        counters,
                        new CounterMirror(
                                config.memberId(),
                                config.leases().limits(),
                                config.load().sessionsMax(),
                                counters)),
                counters);
    }

    private static SequencerNode launchAlone(
            final SequencerConfig config,
            final Hosted hosted,
            final UnaryOperator<IdleStrategy> idling,
            final StopListener listener) {
        final NodeDirectories directories = NodeDirectories.take(config);
        try {
            final boolean isSettled = config.members().size() == 1 && NodeDirectories.settle(List.of(directories));
            return launch(config, directories, isSettled, hosted, idling, listener);
        } catch (final Throwable t) {
            CloseHelper.quietClose(directories);
            throw t;
        }
    }

    /** Who this node is. @return its number in the cluster */
    public int memberId() {
        return config.memberId();
    }

    /** Whether this node believes that it leads; another may know better. @return false for a follower or candidate */
    public boolean isLeader() {
        final ConsensusModule module = consensusModule;
        if (module == null) {
            return false;
        }
        final AtomicCounter role = module.context().clusterNodeRoleCounter();
        return !role.isClosed() && Cluster.Role.get(role.get()) == Cluster.Role.LEADER;
    }

    /** The leadership term that this node is in; each election begins another. @return the term, below 0 before the first */
    public long leadershipTerm() {
        final ConsensusModule module = consensusModule;
        if (module == null) {
            return Aeron.NULL_VALUE;
        }
        final AtomicCounter term = module.context().leadershipTermIdCounter();
        return term.isClosed() ? Aeron.NULL_VALUE : term.get();
    }

    /** Whether this node serves. @return as of its last look at itself */
    public Readiness readiness() {
        return upkeep.readiness();
    }

    /** What this node has of the log, and of snapshots. @return as of its last look, at most about a second ago */
    public LogExtent log() {
        return upkeep.log();
    }

    /** What this node counted since the launch. @return the live counters */
    public SequencerCounters counters() {
        return hosted.counters();
    }

    /** Errors of the node's parts, without warnings. @return their count since the launch */
    public long errors() {
        return errors.get();
    }

    /** Ends in good order: the other nodes hear the end of a leader's log, and elect another one at once. */
    @Override
    public void close() {
        isStopped.set(true);
        final boolean hasFollowers =
                consensusModule != null && isLeader() && config.members().size() > 1;
        CloseHelper.closeAll(
                upkeepRunner, container, consensusModule, hasFollowers ? SequencerNode::awaitFarewell : null);
        CloseHelper.closeAll(archive, driver, directories);
    }

    /** A settled node takes part at once; another hears its members first. */
    private void start(final boolean isSettled) {
        contexts = new NodeContexts(
                config,
                directories,
                () -> idling.apply(config.load().idleMode().strategies().get()),
                () -> new LoginAuthenticator(config.load().admission(), hosted.counters()),
                this::onError);
        driver = MediaDriver.launch(contexts.driver(() -> onLost("media driver")));
        archive = Archive.launch(contexts.archive());
        upkeep = newUpkeep();
        upkeepRunner = new AgentRunner(new SleepingMillisIdleStrategy(UPKEEP_IDLE_MS), this::onError, null, upkeep);
        if (isSettled) {
            upkeep.onStarted(startConsensus());
        }
        AgentRunner.startOnThread(upkeepRunner, contexts.named("upkeep"));
    }

    /** The driver tells the end of a log with its next heartbeat for that log. */
    private static void awaitFarewell() {
        final long deadlineNs = System.nanoTime() + FAREWELL_NS;
        for (long leftNs = FAREWELL_NS; leftNs > 0; leftNs = deadlineNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }

    private UpkeepAgent newUpkeep() {
        final Aeron aeron = Aeron.connect(contexts.upkeep());
        try {
            return new UpkeepAgent(
                    new UpkeepPlace(
                            config.memberId(),
                            MemberEndpoints.consensusEndpoints(config.members()),
                            directories.cluster().toPath(),
                            config.storage().fileSyncLevel(),
                            config.upkeep()),
                    aeron,
                    AeronArchive.connect(contexts.upkeepArchive(aeron)),
                    contexts.clock(),
                    hosted.counters(),
                    new Parts(),
                    this::onError);
        } catch (final Throwable t) {
            CloseHelper.quietClose(aeron);
            throw t;
        }
    }

    private ConsensusModule.Context startConsensus() {
        consensusModule = ConsensusModule.launch(contexts.consensusModule(() -> onLost("consensus module")));
        container = ClusteredServiceContainer.launch(contexts.container(
                new FailStopService(hosted.service(), config.memberId(), this::onStopped, hosted.counters()),
                () -> onLost("service container")));
        return consensusModule.context();
    }

    private void onLost(final String part) {
        onStopped(
                config.memberId(),
                StopReason.CLUSTER_LOST,
                "the sequencer's node ended: member=" + config.memberId() + " part=" + part,
                null);
    }

    private void onStopped(final int memberId, final StopReason reason, final String fact, final Throwable cause) {
        if (isStopped.compareAndSet(false, true)) {
            listener.onStopped(memberId, reason, fact, cause);
        }
    }

    private void onError(final Throwable error) {
        final boolean isWarning =
                error instanceof AeronException && ((AeronException) error).category() == AeronException.Category.WARN;
        if (!isWarning && !(error instanceof AgentTerminationException)) {
            errors.incrementAndGet();
        }
    }

    /** A service, and what it counts. */
    record Hosted(ClusteredService service, SequencerCounters counters) {}

    /** What the upkeep starts when it is time. */
    private final class Parts implements NodeParts {
        @Override
        public ConsensusModule.Context startConsensus() {
            try {
                return SequencerNode.this.startConsensus();
            } catch (final RuntimeException e) {
                onStopped(
                        config.memberId(),
                        StopReason.CLUSTER_LOST,
                        "the sequencer's node did not start: member=" + config.memberId() + " cause=" + e,
                        e);
                throw new AgentTerminationException(e);
            }
        }

        @Override
        public ClusterBackup startCopy() {
            return ClusterBackup.launch(contexts.copy(() -> onLost("copy of the log")));
        }

        @Override
        public void onRefused(final String fact) {
            onStopped(config.memberId(), StopReason.CONFIGURATION, "member " + config.memberId() + " " + fact, null);
        }

        @Override
        public void onEnded() {
            onLost("upkeep");
        }

        @Override
        public void onProgress(final String fact) {
            listener.onProgress(config.memberId(), fact);
        }
    }
}
