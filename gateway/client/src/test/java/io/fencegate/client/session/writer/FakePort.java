package io.fencegate.client.session.writer;

import io.fencegate.core.grant.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** A session under the test's hand: keeps what was sent as lines. */
final class FakePort implements SessionPort {
    final List<String> sent = new ArrayList<>();
    long number = 1;
    long openId;
    boolean isFull;
    Verdict refusal;
    GatewayIdentity identity = new GatewayIdentity(42, 1);

    List<String> takeSent() {
        final List<String> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    void begin() {
        number = openId + 100;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public String lossReason() {
        return "test=true";
    }

    @Override
    public Verdict refusal() {
        return refusal;
    }

    @Override
    public GatewayIdentity identity() {
        return identity;
    }

    @Override
    public int payloadLengthMax() {
        return 100;
    }

    @Override
    public long offerOpen(final WriterSession writer) {
        if (isFull) {
            return 0;
        }
        sent.add("open");
        return ++openId;
    }

    @Override
    public boolean offerWrite(
            final int handle,
            final long token,
            final long sequence,
            final int payloadCrc,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (isFull) {
            return false;
        }
        sent.add(sequence + "=" + buffer.getStringWithoutLengthAscii(offset, length));
        return true;
    }

    @Override
    public void lose(final String reason) {
        sent.add("lost " + reason);
        number = NONE;
    }
}
