package io.fencegate.benchmarks.sequencer;

import io.fencegate.client.FencegateClient;
import io.fencegate.client.lease.Lease;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * The life of a lease, over and over: acquire, renew, release, each by the library's blocking call. A release that was
 * answered but not done is noticed by the next acquire, which would get the same token back.
 *
 * <p>The rig's thread.
 */
final class LeaseCycle {
    private static final Duration TTL = Duration.ofMinutes(1);

    private final FencegateClient client;
    private final String resource;
    private final GrantCheck check;

    LeaseCycle(final FencegateClient client, final String resource) {
        this.client = client;
        this.resource = resource;
        check = new GrantCheck(resource, TTL.toMillis());
    }

    /** One life. @param times where to note what each of the three calls took */
    void run(final Times times) {
        final long begunNs = System.nanoTime();
        final Lease lease = client.acquire(resource, TTL, Duration.ZERO);
        final long acquiredNs = System.nanoTime();
        check.granted(lease, client.clientId());
        final long renewNs = System.nanoTime();
        final Lease renewed = client.renew(lease.grant(), TTL);
        final long renewedNs = System.nanoTime();
        check.renewed(renewed, lease);
        final long releaseNs = System.nanoTime();
        client.release(renewed.grant());
        final long releasedNs = System.nanoTime();
        times.acquire.recordValue(acquiredNs - begunNs);
        times.renew.recordValue(renewedNs - renewNs);
        times.release.recordValue(releasedNs - releaseNs);
    }

    /**
     * What calls took, in nanoseconds.
     *
     * @param acquire from the call to the lease
     * @param renew from the call to the renewed lease
     * @param release from the call to its end
     */
    record Times(Histogram acquire, Histogram renew, Histogram release) {
        /** Nothing yet. */
        static Times empty() {
            return new Times(ClusterPair.histogram(), ClusterPair.histogram(), ClusterPair.histogram());
        }

        /** Of the floor, whose messages are all alike. */
        static Times same(final Histogram histogram) {
            return new Times(histogram, histogram, histogram);
        }
    }
}
