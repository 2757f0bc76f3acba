package io.fencegate.benchmarks.peers.subject;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.client.ClientConfig;
import io.fencegate.client.FencedWriter;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.WriteListener;
import io.fencegate.client.error.StaleTokenException;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One writer of ours in a closed loop: a client with a session of its own, one resource, one write under way. Each answer
 * must be ACCEPTED, with the next sequence and a position above the one before: a write that had to be sent twice, and is
 * answered as DUPLICATE, voids the run. A time is counted from the first try to send. One thread drives all writers.
 */
final class GatewayWriter implements WriteListener, AutoCloseable {
    private static final long TTL_MS = 60_000;
    private static final long ANSWER_DEADLINE_NS = TimeUnit.SECONDS.toNanos(20);

    private final FencegateClient client;
    private final FencedWriter writer;
    private final UnsafeBuffer payload;
    private Histogram histogram;
    private long sequence;
    private long answered;
    private long position;
    private long sentNs;
    private boolean isStamped;

    GatewayWriter(final ClientConfig config, final String resource, final long counter, final int length) {
        payload = new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, BitUtil.CACHE_LINE_LENGTH));
        client = FencegateClient.connect(config);
        try {
            writer = client.open(new Grant(resource, Token.of(1, counter), client.clientId(), TTL_MS, 0));
        } catch (final RuntimeException ex) {
            client.close();
            throw ex;
        }
    }

    /** Where the times of answers go from now on. */
    void recordInto(final Histogram times) {
        histogram = times;
    }

    boolean isWaiting() {
        return answered < sequence;
    }

    /** Offers the next write. @return work done: 0 if there was no room just now */
    int offer() {
        final long next = sequence + 1;
        payload.putLong(0, next);
        payload.putLong(payload.capacity() - Long.BYTES, next);
        if (!isStamped) {
            isStamped = true;
            sentNs = System.nanoTime();
        }
        final long offered = writer.offer(payload, 0, payload.capacity());
        if (offered == FencedWriter.BACK_PRESSURED) {
            return writer.poll(this, 1);
        }
        if (offered != next) {
            throw new WrongAnswerException("gateway sequence=" + next + " offered=" + offered);
        }
        sequence = next;
        isStamped = false;
        return 1;
    }

    /** Looks for the answer. @return work done */
    int poll() {
        final int workCount = writer.poll(this, 1);
        if (isWaiting() && workCount == 0 && System.nanoTime() - sentNs > ANSWER_DEADLINE_NS) {
            throw new WrongAnswerException(
                    "gateway sequence=" + sequence + " answered=" + answered + " deadline passed");
        }
        return workCount;
    }

    /** Writes once, outside of any measurement. */
    void write() {
        final byte[] bytes = new byte[payload.capacity()];
        sequence = writer.write(bytes).sequence();
        answered = sequence;
    }

    /** Writes once more, and must be refused as stale. */
    void refused() {
        try {
            writer.write(new byte[payload.capacity()]);
        } catch (final StaleTokenException fenced) {
            return;
        }
        throw new WrongAnswerException("gateway accepted a write under a stale token: resource=" + writer.resource());
    }

    @Override
    public void onAccepted(
            final long acceptedSequence, final Verdict verdict, final long generation, final long acceptedPosition) {
        if (verdict != Verdict.ACCEPTED || acceptedSequence != sequence || acceptedPosition <= position) {
            throw new WrongAnswerException("gateway sequence=" + sequence + " acceptedSequence=" + acceptedSequence
                    + " verdict=" + verdict + " position=" + acceptedPosition + " positionBefore=" + position);
        }
        answered = acceptedSequence;
        position = acceptedPosition;
        histogram.recordValue(System.nanoTime() - sentNs);
    }

    @Override
    public void onRefused(
            final long refusedSequence,
            final Verdict verdict,
            final long fenceToken,
            final long fenceClientId,
            final long sequenceExpected) {
        throw new WrongAnswerException("gateway sequence=" + refusedSequence + " verdict=" + verdict + " fenceToken="
                + fenceToken + " sequenceExpected=" + sequenceExpected);
    }

    @Override
    public void onInDoubt(
            final long doubtfulSequence, final Verdict verdict, final long fenceToken, final long fenceClientId) {
        throw new WrongAnswerException("gateway sequence=" + doubtfulSequence + " in doubt, verdict=" + verdict);
    }

    @Override
    public void onTimedOut(final long lateSequence) {
        throw new WrongAnswerException("gateway sequence=" + lateSequence + " timed out");
    }

    @Override
    public void close() {
        CloseHelper.closeAll(writer, client);
    }
}
