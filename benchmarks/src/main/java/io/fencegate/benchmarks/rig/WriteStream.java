package io.fencegate.benchmarks.rig;

import io.fencegate.client.ClientConfig;
import io.fencegate.client.FencedWriter;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.LastRecord;
import io.fencegate.client.WriteListener;
import io.fencegate.client.error.StaleTokenException;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The writes of one writer to one resource. The sequence of each stands in its first and last eight bytes. Every answer
 * must be ACCEPTED, of the sequence that is next, in the generation of the first, at a position above the one before.
 *
 * <p>Client thread.
 */
public final class WriteStream implements WriteListener, AutoCloseable {
    /**
     * How long an answer may take, in nanoseconds: shared disks stall for seconds, and that is a latency to be told, not a
     * session to be begun anew.
     */
    public static final long PATIENCE_NS = TimeUnit.MINUTES.toNanos(1);

    private static final int ANSWERS_PER_POLL = 64;
    private static final long TTL_MS = 60_000;

    private final FencegateClient client;
    private final FencedWriter writer;
    private final Runnable onAnswer;
    private final UnsafeBuffer payload;
    private long offered;
    private long answered;
    private long generation;
    private long position;

    /**
     * Opens a resource under the first token ever.
     *
     * @param client connected
     * @param resource of this stream alone
     * @param messageLength bytes of each write, at least 16
     */
    public WriteStream(final FencegateClient client, final String resource, final int messageLength) {
        this(client, resource, 1, messageLength, () -> {});
    }

    /**
     * Opens a resource. No sequencer takes part: without a key a gateway trusts whoever shows a grant.
     *
     * @param client connected
     * @param resource of this stream alone
     * @param serial of the token, from 1
     * @param messageLength bytes of each write, at least 16
     * @param onAnswer told of each answer as it comes, once it was checked
     */
    public WriteStream(
            final FencegateClient client,
            final String resource,
            final long serial,
            final int messageLength,
            final Runnable onAnswer) {
        if (messageLength < 2 * Long.BYTES) {
            throw new IllegalArgumentException("too short to be told from another: messageLength=" + messageLength);
        }
        this.client = client;
        this.onAnswer = onAnswer;
        payload = new UnsafeBuffer(BufferUtil.allocateDirectAligned(messageLength, BitUtil.CACHE_LINE_LENGTH));
        writer = client.open(new Grant(resource, Token.of(1, serial), client.clientId(), TTL_MS, 0));
    }

    /**
     * How a client is set up that counts stalls rather than asks again.
     *
     * @param aeronDirectory of the media driver
     * @param channel on which the gateway listens
     * @return its configuration
     */
    public static ClientConfig patient(final String aeronDirectory, final String channel) {
        return ClientConfig.of(aeronDirectory)
                .withGateway(channel)
                .withTimeouts(PATIENCE_NS, PATIENCE_NS, ClientConfig.CONNECT_TIMEOUT_DEFAULT_NS);
    }

    /**
     * Offers the next write.
     *
     * @return false if there is no room before an answer comes
     */
    public boolean offer() {
        payload.putLong(0, offered + 1);
        payload.putLong(payload.capacity() - Long.BYTES, offered + 1);
        final long sequence = writer.offer(payload, 0, payload.capacity());
        if (sequence == FencedWriter.BACK_PRESSURED || sequence == FencedWriter.WINDOW_FULL) {
            return false;
        }
        if (sequence != offered + 1) {
            throw new WrongAnswerException("sequence=" + (offered + 1) + " offered=" + sequence + " state="
                    + writer.state() + " stopReason=" + writer.stopReason());
        }
        offered = sequence;
        return true;
    }

    /** Takes answers. @return work done */
    public int poll() {
        return writer.poll(this, ANSWERS_PER_POLL);
    }

    /** Writes that were offered. @return sequence of the last */
    public long offered() {
        return offered;
    }

    /** Writes that were acknowledged. @return sequence of the last */
    public long answered() {
        return answered;
    }

    /**
     * Reads the last record back: it must be the write that was acknowledged last, where the answer said, with its bytes.
     */
    public void verifyLast() {
        final LastRecord last = client.read(writer.resource());
        final UnsafeBuffer read = new UnsafeBuffer(last.payload());
        if (last.sequence() != answered
                || last.position() != position
                || last.generation() != generation
                || read.capacity() != payload.capacity()
                || read.getLong(0) != answered
                || read.getLong(read.capacity() - Long.BYTES) != answered) {
            throw new WrongAnswerException("read back sequence=" + last.sequence() + " position=" + last.position()
                    + " length=" + read.capacity() + " where answered=" + answered + " position=" + position
                    + " length=" + payload.capacity());
        }
    }

    /** Writes once and waits, outside of any measurement: it must be acknowledged. */
    public void write() {
        offered = writer.write(new byte[payload.capacity()]).sequence();
        answered = offered;
    }

    /** Writes once and waits: it must be refused, for somebody opened the resource with a higher token. */
    public void mustBeFenced() {
        try {
            writer.write(new byte[payload.capacity()]);
        } catch (final StaleTokenException fenced) {
            return;
        }
        throw new WrongAnswerException("a write under a stale token was accepted: resource=" + writer.resource());
    }

    @Override
    public void onAccepted(
            final long sequence, final Verdict verdict, final long itsGeneration, final long itsPosition) {
        if (generation == 0) {
            generation = itsGeneration;
        }
        if (verdict != Verdict.ACCEPTED
                || sequence != answered + 1
                || sequence > offered
                || itsGeneration != generation
                || itsPosition <= position) {
            throw new WrongAnswerException("sequence=" + sequence + " answered=" + answered + " offered=" + offered
                    + " verdict=" + verdict + " generation=" + itsGeneration + " position=" + itsPosition
                    + " positionBefore=" + position);
        }
        answered = sequence;
        position = itsPosition;
        onAnswer.run();
    }

    @Override
    public void onRefused(
            final long sequence,
            final Verdict verdict,
            final long fenceToken,
            final long fenceClientId,
            final long sequenceExpected) {
        throw new WrongAnswerException("sequence=" + sequence + " verdict=" + verdict + " fenceToken=" + fenceToken
                + " sequenceExpected=" + sequenceExpected);
    }

    @Override
    public void onInDoubt(final long sequence, final Verdict verdict, final long fenceToken, final long fenceClientId) {
        throw new WrongAnswerException("sequence=" + sequence + " in doubt, verdict=" + verdict);
    }

    @Override
    public void onTimedOut(final long sequence) {
        throw new WrongAnswerException("sequence=" + sequence + " timed out");
    }

    @Override
    public void onConnectionLost(final String reason) {
        throw new WrongAnswerException("the session was lost: " + reason);
    }

    @Override
    public void close() {
        CloseHelper.close(writer);
    }
}
