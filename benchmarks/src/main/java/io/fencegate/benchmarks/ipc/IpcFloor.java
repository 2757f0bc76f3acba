package io.fencegate.benchmarks.ipc;

import static org.agrona.BitUtil.CACHE_LINE_LENGTH;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.fencegate.benchmarks.rig.GatedIdleStrategy;
import io.fencegate.benchmarks.rig.RoundTrip;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a write costs with nothing of ours in it: a message over Aeron IPC to another thread, one raw append of its bytes
 * to a Chronicle queue there, and the same bytes back. The number of the message stands in its first and last eight bytes.
 *
 * <p>Client thread, but for {@link EchoAgent}.
 */
public final class IpcFloor implements RoundTrip {
    private static final String CHANNEL = "aeron:ipc";
    private static final int PING_STREAM = 9001;
    private static final int PONG_STREAM = 9002;
    private static final long ANSWER_DEADLINE_NS = TimeUnit.SECONDS.toNanos(10);

    private final UnsafeBuffer ping;
    private final IdleStrategy idle;
    private final GatedIdleStrategy gate;
    private final Aeron aeron;
    private ExclusivePublication pings;
    private Subscription pongs;
    private AgentRunner echo;
    private final FragmentHandler onPong = this::onPong;
    private long number;
    private long answered;

    /**
     * Starts the echoing thread.
     *
     * @param config of the rig
     */
    public IpcFloor(final RigConfig config) {
        ping = new UnsafeBuffer(BufferUtil.allocateDirectAligned(config.messageLength(), CACHE_LINE_LENGTH));
        idle = config.idling().strategy();
        gate = new GatedIdleStrategy(config.idling().strategy());
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(config.aeronDirectory()));
        try {
            final Subscription requests = aeron.addSubscription(CHANNEL, PING_STREAM);
            pongs = aeron.addSubscription(CHANNEL, PONG_STREAM);
            pings = aeron.addExclusivePublication(CHANNEL, PING_STREAM);
            final ExclusivePublication answers = aeron.addExclusivePublication(CHANNEL, PONG_STREAM);
            echo = new AgentRunner(
                    gate,
                    IpcFloor::report,
                    null,
                    new EchoAgent(requests, answers, config.directory().resolve("floor")));
            AgentRunner.startOnThread(echo);
            awaitConnected();
        } catch (final RuntimeException e) {
            close();
            throw e;
        }
    }

    private static void report(final Throwable error) {
        System.err.println("bench: the echoing thread failed: error=" + error);
    }

    private void awaitConnected() {
        final long deadlineNs = System.nanoTime() + ANSWER_DEADLINE_NS;
        while (!pings.isConnected() || !pongs.isConnected()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException("the floor does not connect: channel=" + CHANNEL);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public void exchange() {
        number++;
        ping.putLong(0, number);
        ping.putLong(ping.capacity() - Long.BYTES, number);
        final long deadlineNs = System.nanoTime() + ANSWER_DEADLINE_NS;
        while (pings.offer(ping, 0, ping.capacity()) < 0) {
            idleUntil(deadlineNs);
        }
        while (answered < number) {
            if (pongs.poll(onPong, 1) == 0) {
                idleUntil(deadlineNs);
            }
        }
        idle.reset();
    }

    private void idleUntil(final long deadlineNs) {
        if (System.nanoTime() - deadlineNs > 0) {
            throw new WrongAnswerException("floor number=" + number + " answered=" + answered + " deadline passed");
        }
        idle.idle();
    }

    private void onPong(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        final long first = buffer.getLong(offset);
        final long last = buffer.getLong(offset + length - Long.BYTES);
        if (length != ping.capacity() || first != number || last != number) {
            throw new WrongAnswerException(
                    "floor number=" + number + " first=" + first + " last=" + last + " length=" + length);
        }
        answered = first;
    }

    @Override
    public void resume() {
        gate.open(true);
    }

    @Override
    public void pause() {
        gate.open(false);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(echo, aeron);
    }
}
