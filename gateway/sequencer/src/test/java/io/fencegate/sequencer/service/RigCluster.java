package io.fencegate.sequencer.service;

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
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.IdleStrategy;

/** What a service may know of its cluster: sessions, timers, and the position in the log. Allocates nothing. */
final class RigCluster implements Cluster {
    /** Deadlines by the timers' ids. */
    final Long2LongHashMap timers = new Long2LongHashMap(Long.MIN_VALUE);

    final Long2ObjectHashMap<ClientSession> sessions = new Long2ObjectHashMap<>();
    long logPosition;

    @Override
    public long logPosition() {
        return logPosition;
    }

    @Override
    public ClientSession getClientSession(final long clusterSessionId) {
        return sessions.get(clusterSessionId);
    }

    @Override
    public boolean scheduleTimer(final long correlationId, final long deadline) {
        return timers.put(correlationId, deadline) == timers.missingValue();
    }

    @Override
    public Aeron aeron() {
        // A node whose counters can not be had serves all the same.
        throw new IllegalStateException("there is no media driver here");
    }

    @Override
    public ClusteredServiceContainer.Context context() {
        throw new IllegalStateException("there is no service container here");
    }

    @Override
    public int memberId() {
        throw notAskedFor("its member");
    }

    @Override
    public Role role() {
        throw notAskedFor("its role");
    }

    @Override
    public Collection<ClientSession> clientSessions() {
        throw notAskedFor("all sessions");
    }

    @Override
    public void forEachClientSession(final Consumer<? super ClientSession> action) {
        throw notAskedFor("all sessions");
    }

    @Override
    public boolean closeClientSession(final long clusterSessionId) {
        throw notAskedFor("a session's end");
    }

    @Override
    public long time() {
        throw notAskedFor("the time");
    }

    @Override
    public TimeUnit timeUnit() {
        throw notAskedFor("the unit of time");
    }

    @Override
    public boolean cancelTimer(final long correlationId) {
        timers.remove(correlationId);
        return true;
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        throw notAskedFor("a message to itself");
    }

    @Override
    public long offer(final DirectBufferVector[] vectors) {
        throw notAskedFor("a message to itself");
    }

    @Override
    public long tryClaim(final int length, final BufferClaim bufferClaim) {
        throw notAskedFor("a message to itself");
    }

    @Override
    public IdleStrategy idleStrategy() {
        throw notAskedFor("a way to wait");
    }

    private static AssertionError notAskedFor(final String what) {
        return new AssertionError("a deterministic service does not ask for " + what);
    }
}
