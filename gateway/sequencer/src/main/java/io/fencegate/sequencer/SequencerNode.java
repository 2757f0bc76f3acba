package io.fencegate.sequencer;

import io.aeron.Aeron;
import io.aeron.archive.Archive;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.exceptions.AeronException;
import io.fencegate.sequencer.counters.CounterMirror;
import io.fencegate.sequencer.counters.SequencerCounters;
import io.fencegate.sequencer.login.LoginAuthenticator;
import io.fencegate.sequencer.service.FailStopService;
import io.fencegate.sequencer.service.SequencerService;
import io.fencegate.sequencer.service.StopListener;
import io.fencegate.sequencer.service.StopListener.StopReason;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * One running node of the sequencer: media driver, archive, consensus module and the lease table, in this process and
 * on four threads of their own.
 *
 * <p>Launch and close from one thread; the accessors may be called by any.
 */
public final class SequencerNode implements AutoCloseable {
    private final SequencerConfig config;
    private final SequencerCounters counters;
    private final StopListener listener;
    private final AtomicBoolean isStopped = new AtomicBoolean();
    private final AtomicLong errors = new AtomicLong();

    private NodeDirectories directories;
    private MediaDriver driver;
    private Archive archive;
    private ConsensusModule consensusModule;
    private ClusteredServiceContainer container;

    private SequencerNode(final SequencerConfig config, final SequencerCounters counters, final StopListener listener) {
        this.config = config;
        this.counters = counters;
        this.listener = listener;
    }

    /**
     * Starts a node. It returns when the node runs, which is before the cluster has a leader.
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
        final SequencerCounters counters = new SequencerCounters();
        final SequencerService service =
                new SequencerService(config.charter(), config.keyFile(), counters, mirror(config, counters));
        return launch(config, service, counters, idling, listener);
    }

    /** Starts a node that hosts another service. */
    static SequencerNode launch(
            final SequencerConfig config,
            final ClusteredService service,
            final SequencerCounters counters,
            final UnaryOperator<IdleStrategy> idling,
            final StopListener listener) {
        final SequencerNode node = new SequencerNode(config, counters, listener);
        try {
            node.start(service, idling);
            return node;
        } catch (final Throwable t) {
            CloseHelper.quietClose(node);
            throw t;
        }
    }

    /** Who this node is. @return its number in the cluster */
    public int memberId() {
        return config.memberId();
    }

    /** Whether this node believes that it leads; another may know better. @return false for a follower or candidate */
    public boolean isLeader() {
        final AtomicCounter role = consensusModule.context().clusterNodeRoleCounter();
        return !role.isClosed() && Cluster.Role.get(role.get()) == Cluster.Role.LEADER;
    }

    /** The leadership term that this node is in; each election begins another. @return the term, below 0 before the first */
    public long leadershipTerm() {
        final AtomicCounter term = consensusModule.context().leadershipTermIdCounter();
        return term.isClosed() ? Aeron.NULL_VALUE : term.get();
    }

    /** What this node counted since the launch. @return the live counters */
    public SequencerCounters counters() {
        return counters;
    }

    /** Errors of the node's parts, without warnings. @return their count since the launch */
    public long errors() {
        return errors.get();
    }

    @Override
    public void close() {
        isStopped.set(true);
        CloseHelper.closeAll(container, consensusModule, archive, driver, directories);
    }

    private void start(final ClusteredService service, final UnaryOperator<IdleStrategy> idling) {
        directories = NodeDirectories.take(config);
        final NodeContexts contexts = new NodeContexts(
                config,
                directories,
                () -> idling.apply(config.idleMode().strategies().get()),
                () -> new LoginAuthenticator(config.admission(), counters),
                this::onError);
        driver = MediaDriver.launch(contexts.driver(() -> onLost("media driver")));
        archive = Archive.launch(contexts.archive());
        consensusModule = ConsensusModule.launch(contexts.consensusModule(() -> onLost("consensus module")));
        container = ClusteredServiceContainer.launch(contexts.container(
                new FailStopService(service, config.memberId(), this::onStopped), () -> onLost("service container")));
    }

    private static CounterMirror mirror(final SequencerConfig config, final SequencerCounters counters) {
        return new CounterMirror(
                config.memberId(), config.limits(), config.admission().sessionsMax(), counters);
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
}
