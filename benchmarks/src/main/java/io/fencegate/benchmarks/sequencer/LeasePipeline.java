package io.fencegate.benchmarks.sequencer;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.lease.Lease;
import io.fencegate.client.lease.PendingLease;
import io.fencegate.client.lease.PendingRelease;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;

/**
 * Many resources at once by one client: each is acquired, and released as soon as it is granted, and acquired again, so
 * that as many commands are under way as there are resources. Each grant is checked against the one before of its
 * resource, and no two may bear the same token.
 *
 * <p>The rig's thread.
 */
final class LeasePipeline {
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(10);

    private final IdleStrategy idle = ClusterPair.clientIdle();
    private final FencegateClient client;
    private final Lane[] lanes;
    private long[] tokens;
    private int begun;
    private int granted;
    private int released;

    LeasePipeline(final FencegateClient client, final String prefix, final int width) {
        this.client = client;
        lanes = new Lane[width];
        for (int i = 0; i < width; i++) {
            lanes[i] = new Lane(prefix + i);
        }
    }

    /** Takes and gives back so many leases, and returns when the last is given back. @return what it took, nanoseconds */
    long run(final int leases) {
        tokens = new long[leases];
        begun = 0;
        granted = 0;
        released = 0;
        final long begunNs = System.nanoTime();
        long deadlineNs = begunNs + DEADLINE_NS;
        idle.reset();
        while (released < leases) {
            int workCount = 0;
            for (final Lane lane : lanes) {
                workCount += lane.step();
            }
            workCount += client.poll();
            if (workCount > 0) {
                deadlineNs = System.nanoTime() + DEADLINE_NS;
            } else if (System.nanoTime() - deadlineNs > 0) {
                throw new WrongAnswerException("sequencer deadline passed: leases=" + leases + " begun=" + begun
                        + " granted=" + granted + " released=" + released);
            }
            idle.idle(workCount);
        }
        final long tookNs = System.nanoTime() - begunNs;
        checkTokens(tokens);
        return tookNs;
    }

    /** No two are the same. */
    static void checkTokens(final long[] tokens) {
        Arrays.sort(tokens);
        for (int i = 1; i < tokens.length; i++) {
            if (tokens[i] == tokens[i - 1]) {
                throw new WrongAnswerException("sequencer issued twice: token=" + tokens[i]);
            }
        }
    }

    /** One resource: at rest, asked for, or given back. */
    private final class Lane {
        private final String resource;
        private final GrantCheck check;
        private PendingLease acquire;
        private PendingRelease release;

        Lane(final String resource) {
            this.resource = resource;
            check = new GrantCheck(resource, TTL.toMillis());
        }

        private int step() {
            if (acquire != null) {
                return acquire.isDone() ? onGranted() : 0;
            }
            if (release != null) {
                return release.isDone() ? onReleased() : 0;
            }
            return begun < tokens.length ? begin() : 0;
        }

        private int begin() {
            acquire = client.offerAcquire(resource, TTL, Duration.ZERO);
            begun++;
            return 1;
        }

        private int onGranted() {
            final Lease lease = check.granted(acquire.lease(), client.clientId());
            tokens[granted++] = lease.token();
            acquire = null;
            release = client.offerRelease(lease.grant());
            return 1;
        }

        private int onReleased() {
            release.check();
            release = null;
            released++;
            return 1;
        }
    }
}
