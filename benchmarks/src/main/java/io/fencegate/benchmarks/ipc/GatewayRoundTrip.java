package io.fencegate.benchmarks.ipc;

import io.fencegate.benchmarks.rig.GatedIdleStrategy;
import io.fencegate.benchmarks.rig.RoundTrip;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.client.ClientConfig;
import io.fencegate.client.FencedWriter;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.WriteListener;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import io.fencegate.journal.JournalConfig;
import io.fencegate.storage.FenceLimits;
import io.fencegate.storage.Gateway;
import io.fencegate.storage.GatewayConfig;
import io.fencegate.storage.Threading;
import io.fencegate.storage.admission.Endpoints;
import io.fencegate.storage.durability.Durability;
import io.fencegate.storage.session.SessionLimits;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a write costs with Fencegate in it: offered by a client, checked against the fence, journaled, and answered. Each
 * answer must be ACCEPTED, with the next sequence and a position above the one before.
 *
 * <p>Client thread, but for the gateway's own threads.
 */
public final class GatewayRoundTrip implements RoundTrip, WriteListener {
    private static final String RESOURCE = "benchmarks/round-trip";
    private static final long ANSWER_DEADLINE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long HOUSEKEEPING_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final UnsafeBuffer payload;
    private final IdleStrategy idle;
    private final GatedIdleStrategy gate;
    private volatile String failure;
    private Gateway gateway;
    private FencegateClient client;
    private FencedWriter writer;
    private long sequence;
    private long answered;
    private long position;

    /**
     * Starts a gateway, connects a client, and opens a resource. No sequencer takes part: without a key a gateway trusts
     * whoever shows a grant.
     *
     * @param config of the rig
     */
    public GatewayRoundTrip(final RigConfig config) {
        payload = new UnsafeBuffer(BufferUtil.allocateDirectAligned(config.messageLength(), BitUtil.CACHE_LINE_LENGTH));
        idle = config.idling().strategy();
        gate = new GatedIdleStrategy(config.idling().strategy());
        final Supplier<IdleStrategy> housekeeping =
                () -> new BackoffIdleStrategy(1, 1, HOUSEKEEPING_PARK_NS, HOUSEKEEPING_PARK_NS);
        final JournalConfig journal = new JournalConfig(
                config.directory().resolve("gateway"),
                RigConfig.JOURNAL_BLOCK_LENGTH,
                JournalConfig.FREE_FLOOR_BYTES_DEFAULT,
                JournalConfig.FENCE_LOG_RESERVE_LENGTH_DEFAULT);
        try {
            gateway = Gateway.launch(
                    new GatewayConfig(
                            config.aeronDirectory(),
                            Endpoints.ipc(),
                            journal,
                            Durability.PROCESS,
                            FenceLimits.DEFAULT,
                            SessionLimits.DEFAULT,
                            new Threading(() -> gate, housekeeping, housekeeping),
                            List.of()),
                    this::onFailure);
            client = FencegateClient.connect(
                    ClientConfig.of(config.aeronDirectory()).withGateway("aeron:ipc"));
            writer = client.open(new Grant(RESOURCE, Token.of(1, 1), client.clientId(), 60_000, 0));
        } catch (final RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Called by the thread of an agent that died. */
    private void onFailure(final String agent, final Throwable cause) {
        failure = "agent=" + agent + " cause=" + cause;
    }

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public void exchange() {
        payload.putLong(0, sequence + 1);
        payload.putLong(payload.capacity() - Long.BYTES, sequence + 1);
        final long deadlineNs = System.nanoTime() + ANSWER_DEADLINE_NS;
        long offered = writer.offer(payload, 0, payload.capacity());
        while (offered == FencedWriter.BACK_PRESSURED) {
            idleUntil(deadlineNs);
            offered = writer.offer(payload, 0, payload.capacity());
        }
        if (offered != sequence + 1) {
            throw new WrongAnswerException("gateway sequence=" + (sequence + 1) + " offered=" + offered);
        }
        sequence = offered;
        while (answered < sequence) {
            if (writer.poll(this, 1) == 0) {
                idleUntil(deadlineNs);
            }
        }
        idle.reset();
    }

    private void idleUntil(final long deadlineNs) {
        if (failure != null) {
            throw new WrongAnswerException("gateway died: " + failure);
        }
        if (System.nanoTime() - deadlineNs > 0) {
            throw new WrongAnswerException(
                    "gateway sequence=" + sequence + " answered=" + answered + " deadline passed");
        }
        idle.idle();
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
    public void resume() {
        gate.open(true);
    }

    @Override
    public void pause() {
        gate.open(false);
    }

    @Override
    public void close() {
        gate.open(true);
        CloseHelper.closeAll(writer, client, gateway);
    }
}
