package io.fencegate.benchmarks.latency.subject;

import io.aeron.Aeron;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.client.gateway.GatewayChannels;
import io.fencegate.client.gateway.GatewaySession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;

/**
 * Sessions with a gateway that were welcomed and ask for nothing: each one the client library's own, with two streams and
 * a place at the gateway. All share one Aeron client, because a thousand of those would be a thousand threads that have
 * nothing to do with the gateway. They say nothing either: the gateway has to be patient with silent sessions.
 *
 * <p>One thread, while the gateway's line is awake.
 */
public final class IdleSessions implements AutoCloseable {
    private static final int STARTED_MAX = 32;
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(120);
    private static final long PARK_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final String TERM_LENGTH = "?term-length=64k";

    private final List<GatewaySession> sessions = new ArrayList<>();
    private final Aeron aeron;

    /**
     * Begins sessions and waits until each of them was welcomed.
     *
     * @param gateway that listens on shared memory
     * @param driver of the gateway
     * @param count of sessions
     * @param stopped turns true when the user has had enough: then there are fewer
     */
    public IdleSessions(
            final GatewaySubject gateway, final LatencyDriver driver, final int count, final BooleanSupplier stopped) {
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectory()));
        try {
            final GatewayChannels channels = GatewayChannels.of(gateway.channel() + TERM_LENGTH);
            final long deadlineNs = System.nanoTime() + DEADLINE_NS;
            int welcomed = 0;
            while (welcomed < count && !stopped.getAsBoolean()) {
                if (sessions.size() < count && sessions.size() - welcomed < STARTED_MAX) {
                    sessions.add(new GatewaySession(aeron, channels, sessions.size() + 1, 1));
                }
                welcomed = welcomedAfter(welcomed);
                if (System.nanoTime() - deadlineNs > 0) {
                    throw new WrongAnswerException(
                            "sessions are not welcomed: wanted=" + count + " welcomed=" + welcomed);
                }
                LockSupport.parkNanos(PARK_NS);
            }
        } catch (final RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Those before {@code first} were welcomed already. */
    private int welcomedAfter(final int first) {
        int welcomed = first;
        for (int i = first; i < sessions.size(); i++) {
            final GatewaySession session = sessions.get(i);
            session.poll(System.nanoTime());
            if (session.isLost()) {
                throw new WrongAnswerException("session=" + i + " lost: " + session.lossReason());
            }
            if (session.isActive() && i == welcomed) {
                welcomed++;
            }
        }
        return welcomed;
    }

    /**
     * Looks after each of them, which also keeps it alive, and counts.
     *
     * @return how many are welcomed and not lost
     */
    public int alive() {
        int alive = 0;
        for (final GatewaySession session : sessions) {
            session.poll(System.nanoTime());
            alive += session.isActive() ? 1 : 0;
        }
        return alive;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(sessions);
        CloseHelper.close(aeron);
    }
}
