package io.fencegate.benchmarks.latency.subject;

import io.fencegate.benchmarks.latency.loop.Subject.Answers;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.client.ClientConfig;
import io.fencegate.client.FencedWriter;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.WriteListener;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A client with one session and one resource that it writes to. Each answer must be ACCEPTED, with the next sequence and
 * a position above the one before. The number of a message stands in its first and last eight bytes.
 *
 * <p>Client thread.
 */
final class CheckedWriter implements WriteListener, AutoCloseable {
    private static final int ANSWERS_MAX = 10;

    private final int index;
    private final UnsafeBuffer payload;
    private FencegateClient client;
    private FencedWriter writer;
    private Answers answers;
    private long sent;
    private long answered;
    private long position;

    CheckedWriter(final int index, final ClientConfig config, final int messageLength) {
        this.index = index;
        payload = new UnsafeBuffer(BufferUtil.allocateDirectAligned(messageLength, BitUtil.CACHE_LINE_LENGTH));
        try {
            client = FencegateClient.connect(config);
            writer = client.open(new Grant("benchmarks/" + index, Token.of(1, 1), client.clientId(), 60_000, 0));
        } catch (final RuntimeException e) {
            close();
            throw e;
        }
    }

    boolean offer() {
        payload.putLong(0, sent + 1);
        payload.putLong(payload.capacity() - Long.BYTES, sent + 1);
        final long offered = writer.offer(payload, 0, payload.capacity());
        if (offered == FencedWriter.BACK_PRESSURED || offered == FencedWriter.WINDOW_FULL) {
            return false;
        }
        if (offered != sent + 1) {
            throw wrong("offered=" + offered);
        }
        sent = offered;
        return true;
    }

    int poll(final Answers told) {
        answers = told;
        return writer.poll(this, ANSWERS_MAX);
    }

    private WrongAnswerException wrong(final String facts) {
        return new WrongAnswerException(
                "gateway writer=" + index + " sent=" + sent + " answered=" + answered + " " + facts);
    }

    @Override
    public void onAccepted(
            final long acceptedSequence, final Verdict verdict, final long generation, final long acceptedPosition) {
        if (verdict != Verdict.ACCEPTED || acceptedSequence != answered + 1 || acceptedPosition <= position) {
            throw wrong("acceptedSequence=" + acceptedSequence + " verdict=" + verdict + " position=" + acceptedPosition
                    + " positionBefore=" + position);
        }
        answered = acceptedSequence;
        position = acceptedPosition;
        answers.onAnswer(index);
    }

    @Override
    public void onRefused(
            final long sequence,
            final Verdict verdict,
            final long fenceToken,
            final long fenceClientId,
            final long sequenceExpected) {
        throw wrong("refusedSequence=" + sequence + " verdict=" + verdict + " fenceToken=" + fenceToken
                + " sequenceExpected=" + sequenceExpected);
    }

    @Override
    public void onInDoubt(final long sequence, final Verdict verdict, final long fenceToken, final long fenceClientId) {
        throw wrong("doubtfulSequence=" + sequence + " verdict=" + verdict);
    }

    @Override
    public void onTimedOut(final long sequence) {
        throw wrong("timedOutSequence=" + sequence);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(writer, client);
    }
}
