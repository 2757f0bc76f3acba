package io.fencegate.benchmarks.sequencer;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.lease.Lease;
import io.fencegate.client.lease.PendingLease;
import io.fencegate.client.lease.PendingRelease;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.IdleStrategy;

/**
 * One lease between two clients with a session each, polled in turns by one thread: the one holds it, the other is known
 * to be in the queue, the holder releases. Measured from there until the other one's library says that the lease is its
 * own, which is after the grant out of the queue came and was renewed, as the library does with each such grant: two
 * messages of the cluster one after the other. Then they change places.
 *
 * <p>The rig's thread.
 */
final class HandOver {
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(10);

    private final IdleStrategy idle = ClusterPair.clientIdle();
    private final String resource;
    private final GrantCheck check;
    private FencegateClient holder;
    private FencegateClient waiter;
    private Lease lease;

    HandOver(final FencegateClient first, final FencegateClient second, final String resource) {
        this.resource = resource;
        holder = first;
        waiter = second;
        check = new GrantCheck(resource, TTL.toMillis());
        lease = check.granted(holder.acquire(resource, TTL, Duration.ZERO), holder.clientId());
    }

    /** The lease goes over once. @param times where to note what it took, in nanoseconds */
    void run(final Histogram times) {
        final PendingLease next = waiter.offerAcquire(resource, TTL, WAIT);
        until(() -> next.place() > 0 || next.isDone(), "queued");
        if (next.isDone()) {
            throw new WrongAnswerException("sequencer granted a lease that is held: resource=" + resource);
        }
        final long begunNs = System.nanoTime();
        final PendingRelease release = holder.offerRelease(lease.grant());
        until(next::isDone, "granted");
        times.recordValue(System.nanoTime() - begunNs);
        until(release::isDone, "released");
        release.check();
        lease = check.granted(next.lease(), waiter.clientId());
        final FencegateClient before = holder;
        holder = waiter;
        waiter = before;
    }

    private void until(final BooleanSupplier isReached, final String what) {
        final long deadlineNs = System.nanoTime() + DEADLINE_NS;
        idle.reset();
        while (!isReached.getAsBoolean()) {
            final int workCount = holder.poll() + waiter.poll();
            if (workCount == 0 && System.nanoTime() - deadlineNs > 0) {
                throw new WrongAnswerException("sequencer deadline passed: resource=" + resource + " awaited=" + what);
            }
            if (!isReached.getAsBoolean()) {
                idle.idle(workCount);
            }
        }
    }
}
