package io.fencegate.verification.capacity;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.logbuffer.Header;
import io.fencegate.client.ClientConfig;
import io.fencegate.codecs.wire.GrantedDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * Asks for many leases in one session of a cluster, and for one more again and again, to see how long that takes.
 *
 * <p>One thread.
 */
final class LoadClient implements EgressListener, AutoCloseable {
    /** Commands under way at once: their answers fit into the session's publication. */
    private static final int WINDOW = 100;

    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(120);
    private static final long PROBE_TTL_MS = 24L * 60 * 60 * 1000;

    private final Load load;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final GrantedDecoder granted = new GrantedDecoder();
    private final IdleStrategy idle = new BackoffIdleStrategy();
    private Aeron aeron;
    private AeronCluster cluster;
    private long answered;
    private long probesSent;
    private long probesAnswered;
    private String failure;

    /** Connects, as soon as the cluster has a leader. */
    LoadClient(final Load load, final String aeronDirectory, final String ingressEndpoints) {
        this.load = load;
        try {
            aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(aeronDirectory));
            cluster = AeronCluster.connect(new AeronCluster.Context()
                    .aeron(aeron)
                    .ownsAeronClient(false)
                    .messageTimeoutNs(DEADLINE_NS)
                    .ingressChannel("aeron:udp?term-length=128k")
                    .ingressEndpoints(ingressEndpoints)
                    .egressChannel(ClientConfig.EGRESS_CHANNEL_DEFAULT)
                    .egressListener(this));
        } catch (final RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Asks for every lease, each for the time that is told then, and waits until all are granted. */
    void fill(final LongSupplier ttlMs) {
        final int[] sent = new int[1];
        answered = 0;
        await(() -> {
            if (sent[0] < load.leases() && sent[0] - answered < WINDOW) {
                sent[0] += offer(load.acquire(sent[0], ttlMs.getAsLong())) ? 1 : 0;
            }
            return answered == load.leases();
        });
    }

    /** Asks for one lease more, and waits for the answer. Returns how long that took. */
    long probe() {
        final long began = System.nanoTime();
        probesSent++;
        final boolean[] isSent = new boolean[1];
        await(() -> {
            isSent[0] = isSent[0] || offer(load.probe(probesSent, PROBE_TTL_MS));
            return probesAnswered == probesSent;
        });
        return System.nanoTime() - began;
    }

    private void await(final BooleanSupplier isDone) {
        long deadlineNs = System.nanoTime() + DEADLINE_NS;
        idle.reset();
        while (!isDone.getAsBoolean()) {
            final int work = cluster.pollEgress();
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
            if (work > 0) {
                deadlineNs = System.nanoTime() + DEADLINE_NS;
            } else if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException("no answer came: answered=" + answered + " probes=" + probesAnswered);
            }
            idle.idle(work);
        }
    }

    private boolean offer(final int length) {
        final long result = cluster.offer(load.buffer(), 0, length);
        if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED) {
            throw new IllegalStateException("the session ended: offer=" + Publication.errorString(result));
        }
        return result > 0;
    }

    @Override
    public void onMessage(
            final long clusterSessionId,
            final long timestamp,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final Header frame) {
        header.wrap(buffer, offset);
        if (header.templateId() != GrantedDecoder.TEMPLATE_ID) {
            // What is thrown here would end in Aeron's error handler, and be missed.
            failure = "refused: template=" + header.templateId();
        } else if (granted.wrapAndApplyHeader(buffer, offset, header).clientId() == Load.PROBE_CLIENT) {
            probesAnswered++;
        } else {
            answered++;
        }
    }

    @Override
    public void close() {
        CloseHelper.closeAll(cluster, aeron);
    }
}
