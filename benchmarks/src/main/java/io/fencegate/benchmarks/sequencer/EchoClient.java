package io.fencegate.benchmarks.sequencer;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.logbuffer.Header;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.client.ClientConfig;
import io.fencegate.codecs.wire.AcquireEncoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The floor's client: Aeron's own, with the channels that the product's client uses. It sends the bytes of an Acquire,
 * each with a number of its own, and every answer must have exactly the bytes of the oldest message that is unanswered.
 *
 * <p>The rig's thread.
 */
final class EchoClient implements EgressListener, AutoCloseable {
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int BUFFER_LENGTH = 512;
    private static final long TTL_MS = 60_000;

    private final UnsafeBuffer message = new UnsafeBuffer(new byte[BUFFER_LENGTH]);
    private final UnsafeBuffer expected = new UnsafeBuffer(new byte[BUFFER_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final AcquireEncoder acquire = new AcquireEncoder();
    private final byte[] resource;
    private final IdleStrategy idle = ClusterPair.clientIdle();
    private Aeron aeron;
    private AeronCluster cluster;
    private String failure;
    private long sent;
    private long answered;

    EchoClient(final String aeronDirectory, final String ingressEndpoints, final String resource) {
        this.resource = resource.getBytes(StandardCharsets.UTF_8);
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

    /** Sends one message and waits for its answer. */
    void exchange() {
        pipeline(1, 1);
    }

    /** Sends so many messages, keeping some under way at once, and waits for the last answer. */
    void pipeline(final int messages, final int window) {
        final long last = sent + messages;
        long deadlineNs = System.nanoTime() + DEADLINE_NS;
        idle.reset();
        while (answered < last) {
            int workCount = 0;
            while (sent < last && sent - answered < window && offer()) {
                workCount++;
            }
            workCount += cluster.pollEgress();
            if (failure != null) {
                throw new WrongAnswerException(failure);
            }
            if (workCount > 0) {
                deadlineNs = System.nanoTime() + DEADLINE_NS;
            } else if (System.nanoTime() - deadlineNs > 0) {
                throw new WrongAnswerException("floor sent=" + sent + " answered=" + answered + " deadline passed");
            }
            if (answered < last) {
                idle.idle(workCount);
            }
        }
    }

    private boolean offer() {
        final long result = cluster.offer(message, 0, encode(message, sent + 1));
        if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED) {
            throw new WrongAnswerException("floor sent=" + sent + " offer=" + Publication.errorString(result));
        }
        sent += result > 0 ? 1 : 0;
        return result > 0;
    }

    /** Bytes of an Acquire of the same resource, header included. */
    int messageLength() {
        return encode(expected, 0);
    }

    private int encode(final UnsafeBuffer buffer, final long requestId) {
        acquire.wrapAndApplyHeader(buffer, 0, header)
                .clientId(~requestId)
                .requestId(requestId)
                .ttlMs(TTL_MS)
                .waitMs(0)
                .putResource(resource, 0, resource.length);
        return MessageHeaderEncoder.ENCODED_LENGTH + acquire.encodedLength();
    }

    /** Keeps the session alive, and takes in what is there, while the other subject is measured. */
    void stayAlive() {
        if (!cluster.sendKeepAlive()) {
            throw new WrongAnswerException("floor keepAlive=refused");
        }
        cluster.pollEgress();
    }

    @Override
    public void onMessage(
            final long clusterSessionId,
            final long timestamp,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final Header frame) {
        // What is thrown here would end in Aeron's error handler, and be missed.
        final int expectedLength = encode(expected, answered + 1);
        boolean isSame = length == expectedLength && answered < sent;
        for (int i = 0; isSame && i < length; i++) {
            isSame = buffer.getByte(offset + i) == expected.getByte(i);
        }
        if (isSame) {
            answered++;
        } else if (failure == null) {
            failure = "floor sent=" + sent + " answered=" + answered + " length=" + length + " lengthExpected="
                    + expectedLength + " otherBytes=true";
        }
    }

    @Override
    public void close() {
        CloseHelper.closeAll(cluster, aeron);
    }
}
