package io.fencegate.verification.simulator.sequencer;

import io.aeron.Aeron;
import io.aeron.DirectBufferVector;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.logbuffer.BufferClaim;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NoOpIdleStrategy;

/** What one node's service knows of the cluster: sessions, timers and the position in the log. One thread. */
final class NodeContext implements Cluster {
    private final Map<Long, NodeSession> sessions = new TreeMap<>();
    private final Map<Long, Long> timers = new TreeMap<>();
    private final int memberId;
    private long logPosition;

    NodeContext(final int memberId) {
        this.memberId = memberId;
    }

    Map<Long, NodeSession> sessions() {
        return sessions;
    }

    /** Deadlines in milliseconds of the log, by the timers' numbers. */
    Map<Long, Long> timers() {
        return timers;
    }

    void logPosition(final long position) {
        logPosition = position;
    }

    @Override
    public int memberId() {
        return memberId;
    }

    @Override
    public Role role() {
        throw new UnsupportedOperationException("a deterministic service does not ask for its role");
    }

    @Override
    public long logPosition() {
        return logPosition;
    }

    @Override
    public Aeron aeron() {
        throw new IllegalStateException("there is no media driver here");
    }

    @Override
    public ClusteredServiceContainer.Context context() {
        throw new IllegalStateException("there is no service container here");
    }

    @Override
    public ClientSession getClientSession(final long clusterSessionId) {
        return sessions.get(clusterSessionId);
    }

    @Override
    public Collection<ClientSession> clientSessions() {
        throw new UnsupportedOperationException("the service does not list its sessions");
    }

    @Override
    public void forEachClientSession(final Consumer<? super ClientSession> action) {
        throw new UnsupportedOperationException("the service does not list its sessions");
    }

    @Override
    public boolean closeClientSession(final long clusterSessionId) {
        throw new UnsupportedOperationException("the service closes no session");
    }

    @Override
    public long time() {
        throw new UnsupportedOperationException("a deterministic service does not ask for the time");
    }

    @Override
    public TimeUnit timeUnit() {
        return TimeUnit.MILLISECONDS;
    }

    @Override
    public boolean scheduleTimer(final long correlationId, final long deadline) {
        timers.put(correlationId, deadline);
        return true;
    }

    @Override
    public boolean cancelTimer(final long correlationId) {
        timers.remove(correlationId);
        return true;
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        throw new UnsupportedOperationException("the service says nothing to itself");
    }

    @Override
    public long offer(final DirectBufferVector[] vectors) {
        throw new UnsupportedOperationException("the service says nothing to itself");
    }

    @Override
    public long tryClaim(final int length, final BufferClaim bufferClaim) {
        throw new UnsupportedOperationException("the service says nothing to itself");
    }

    @Override
    public IdleStrategy idleStrategy() {
        return NoOpIdleStrategy.INSTANCE;
    }
}
