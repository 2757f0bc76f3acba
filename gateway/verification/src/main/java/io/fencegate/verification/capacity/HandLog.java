package io.fencegate.verification.capacity;

import io.aeron.Aeron;
import io.aeron.DirectBufferVector;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.logbuffer.BufferClaim;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NoOpIdleStrategy;

/** What a service knows of its cluster, where the log is told by hand: one session, one timer, a position. One thread. */
final class HandLog implements Cluster {
    private final Outlet session;
    private long position;
    private long timerId;

    HandLog(final Outlet session) {
        this.session = session;
    }

    /** The log grew. */
    void append(final int length) {
        position += length;
    }

    /** The timer that was scheduled last. */
    long timerId() {
        return timerId;
    }

    @Override
    public long logPosition() {
        return position;
    }

    @Override
    public ClientSession getClientSession(final long clusterSessionId) {
        return clusterSessionId == session.id() ? session : null;
    }

    @Override
    public boolean scheduleTimer(final long correlationId, final long deadline) {
        timerId = correlationId;
        return true;
    }

    @Override
    public IdleStrategy idleStrategy() {
        return NoOpIdleStrategy.INSTANCE;
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
    public int memberId() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Role role() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Collection<ClientSession> clientSessions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forEachClientSession(final Consumer<? super ClientSession> action) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean closeClientSession(final long clusterSessionId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long time() {
        throw new UnsupportedOperationException();
    }

    @Override
    public TimeUnit timeUnit() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean cancelTimer(final long correlationId) {
        return true;
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long offer(final DirectBufferVector[] vectors) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long tryClaim(final int length, final BufferClaim bufferClaim) {
        throw new UnsupportedOperationException();
    }
}
