package io.fencegate.verification.simulator.client;

import io.fencegate.client.session.writer.WriterSession;
import io.fencegate.client.session.writer.WriterState;
import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.verification.simulator.world.Chance;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where a client's writers work: offers what its user wants written, and writes down what they are told.
 *
 * <p>One thread.
 */
final class WriterDesk {
    private final GatewayPort gateway;
    private final CallLog calls;
    private final Chance chance;
    private final long clientId;
    private final PayloadCrc payloadCrc = new PayloadCrc();
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[64]);
    private long payloads;

    WriterDesk(final GatewayPort gateway, final CallLog calls, final Chance chance, final long clientId) {
        this.gateway = gateway;
        this.calls = calls;
        this.chance = chance;
        this.clientId = clientId;
    }

    void work(final Holding holding, final long nowNs) {
        writeSome(holding);
        holding.writer.work(nowNs, gateway);
        tellWrites(holding.writer);
    }

    private void writeSome(final Holding holding) {
        final WriterSession writer = holding.writer;
        if (writer.life().state() == WriterState.STOPPED) {
            holding.unwritten = 0;
            if (holding.heal == null && writer.life().stopReason().mayReopen() && chance.once(5)) {
                writer.reopen();
            }
        }
        while (holding.unwritten > 0) {
            final int length = 8 + chance.below(40);
            payload.putLong(0, clientId ^ ++payloads);
            payload.setMemory(8, length - 8, (byte) payloads);
            final long sequence = writer.offer(gateway, payload, 0, length);
            if (sequence <= 0) {
                return;
            }
            holding.unwritten--;
            calls.onWriteCalled(writer, sequence, payloadCrc.compute(payload, 0, length));
        }
    }

    private void tellWrites(final WriterSession writer) {
        while (writer.window().hasAnswer()) {
            calls.onWriteEnded(writer, writer.window());
            writer.window().remove();
        }
    }
}
