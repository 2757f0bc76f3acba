package io.fencegate.benchmarks.latency.subject;

import static org.agrona.BitUtil.CACHE_LINE_LENGTH;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.fencegate.benchmarks.latency.loop.Subject;
import io.fencegate.benchmarks.rig.GatedIdleStrategy;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a write costs with nothing of ours in it: a message over Aeron (IPC or UDP, as the driver is for) to another
 * thread, one raw append of its bytes to a Chronicle queue there, and the same bytes back. The number of the message
 * stands in its first and last eight bytes, as in what the gateway's client writes, and its answer must bear it.
 *
 * <p>Its answer bears the whole message, the gateway's only what became of it, in about as many bytes as the message that
 * is compared has, 64. With much longer messages this would not be a floor any more; one longer than the MTU is none for
 * it. Its queue is mapped, indexed and rolled as the gateway's journal is. It has no session, no checksum, no table.
 *
 * <p>Client thread, but for {@link EchoAgent}.
 */
public final class EchoFloor implements Subject {
    private static final int PING_STREAM = 9001;
    private static final int PONG_STREAM = 9002;
    private static final int FRAGMENTS_MAX = 10;
    private static final long CONNECT_DEADLINE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long CONNECT_PARK_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private final UnsafeBuffer ping;
    private final GatedIdleStrategy gate;
    private final LatencyDriver driver;
    private final Aeron aeron;
    private final FragmentHandler onPong = this::onPong;
    private volatile Throwable failure;
    private ExclusivePublication pings;
    private Subscription pongs;
    private AgentRunner echo;
    private Answers answers;
    private long sent;
    private long answered;

    /**
     * Starts the echoing thread.
     *
     * @param config of the subjects
     */
    public EchoFloor(final SubjectConfig config) {
        ping = new UnsafeBuffer(BufferUtil.allocateDirectAligned(config.messageLength(), CACHE_LINE_LENGTH));
        gate = new GatedIdleStrategy(config.idling().strategy());
        driver = config.driver();
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectory()));
        try {
            final String pingChannel = driver.transport().channel();
            final String pongChannel = driver.transport().channel();
            final Subscription requests = aeron.addSubscription(pingChannel, PING_STREAM);
            pongs = aeron.addSubscription(pongChannel, PONG_STREAM);
            pings = aeron.addExclusivePublication(pingChannel, PING_STREAM);
            final ExclusivePublication echoes = aeron.addExclusivePublication(pongChannel, PONG_STREAM);
            echo = new AgentRunner(
                    gate,
                    error -> failure = error,
                    null,
                    new EchoAgent(requests, echoes, config.directory().resolve("floor")));
            AgentRunner.startOnThread(echo);
            awaitConnected(requests, echoes);
            gate.open(false);
        } catch (final RuntimeException e) {
            close();
            throw e;
        }
    }

    private void awaitConnected(final Subscription requests, final ExclusivePublication echoes) {
        final long deadlineNs = System.nanoTime() + CONNECT_DEADLINE_NS;
        while (!pings.isConnected() || !pongs.isConnected() || !requests.isConnected() || !echoes.isConnected()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException("the floor does not connect: transport=" + driver.transport());
            }
            LockSupport.parkNanos(CONNECT_PARK_NS);
        }
    }

    @Override
    public int writers() {
        return 1;
    }

    @Override
    public boolean offer(final int writer) {
        ping.putLong(0, sent + 1);
        ping.putLong(ping.capacity() - Long.BYTES, sent + 1);
        if (pings.offer(ping, 0, ping.capacity()) < 0) {
            return false;
        }
        sent++;
        return true;
    }

    @Override
    public int poll(final Answers told) {
        if (failure != null) {
            throw new WrongAnswerException("floor died: cause=" + failure);
        }
        answers = told;
        return driver.doWork() + pongs.poll(onPong, FRAGMENTS_MAX);
    }

    private void onPong(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        final long first = buffer.getLong(offset);
        final long last = buffer.getLong(offset + length - Long.BYTES);
        final long expected = answered + 1;
        if (length != ping.capacity() || first != expected || last != expected || expected > sent) {
            throw new WrongAnswerException("floor number=" + expected + " sent=" + sent + " first=" + first + " last="
                    + last + " length=" + length);
        }
        answered = expected;
        answers.onAnswer(0);
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
        driver.giveBack();
        CloseHelper.closeAll(echo, aeron);
    }
}
