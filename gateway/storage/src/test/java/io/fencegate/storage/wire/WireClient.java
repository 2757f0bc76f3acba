package io.fencegate.storage.wire;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.fencegate.codecs.wire.GoodbyeEncoder;
import io.fencegate.codecs.wire.HelloEncoder;
import io.fencegate.codecs.wire.KeepAliveEncoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.codecs.wire.OpenEncoder;
import io.fencegate.codecs.wire.ReadEncoder;
import io.fencegate.codecs.wire.WriteEncoder;
import io.fencegate.core.grant.PayloadCrc;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/** Speaks the wire by hand: every field can be wrong. One thread. */
final class WireClient implements AutoCloseable {
    private static final long DEADLINE_NS = 30_000_000_000L;

    final long clientId;
    final ExclusivePublication requests;
    final Subscription answers;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128 * 1024]);
    private final PayloadCrc crc = new PayloadCrc();
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final FragmentHandler assembler =
            new FragmentAssembler((b, offset, length, h) -> replies.add(Reply.decode(b, offset)));
    private long correlationId;

    WireClient(final Aeron aeron, final String requestsChannel, final String answersChannel, final long clientId) {
        this.clientId = clientId;
        answers = aeron.addSubscription(answersChannel, 2002);
        requests = aeron.addExclusivePublication(
                requestsChannel + "term-length=1m|response-correlation-id=" + answers.registrationId(), 2001);
    }

    static WireClient ipc(final Aeron aeron, final long clientId) {
        return new WireClient(aeron, "aeron:ipc?", "aeron:ipc?control-mode=response", clientId);
    }

    static WireClient udp(final Aeron aeron, final String requests, final String answers, final long clientId) {
        return new WireClient(
                aeron,
                "aeron:udp?endpoint=" + requests + "|",
                "aeron:udp?control-mode=response|control=" + answers,
                clientId);
    }

    Reply hello() {
        sendHello(1);
        return reply();
    }

    void sendHello(final int protocolVersion) {
        new HelloEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlationId(++correlationId)
                .clientId(clientId)
                .protocolVersion(protocolVersion);
        send(8 + HelloEncoder.BLOCK_LENGTH);
    }

    Reply open(final String resource, final long token) {
        sendOpen(resource, token, 0);
        return reply();
    }

    long sendOpen(final String resource, final long token, final long seal) {
        return sendOpen(resource.getBytes(StandardCharsets.UTF_8), token, seal);
    }

    long sendOpen(final byte[] resource, final long token, final long seal) {
        final OpenEncoder open = new OpenEncoder().wrapAndApplyHeader(buffer, 0, header);
        open.correlationId(++correlationId).token(token).clientId(clientId).seal(seal);
        // By hand: the encoder takes no name that is too long.
        buffer.putShort(open.limit(), (short) resource.length);
        buffer.putBytes(open.limit() + 2, resource);
        send(open.limit() + 2 + resource.length);
        return correlationId;
    }

    Reply write(final long handle, final long token, final long sequence, final String payload) {
        sendWrite(handle, token, sequence, payload.getBytes(StandardCharsets.UTF_8));
        return reply();
    }

    void sendWrite(final long handle, final long token, final long sequence, final byte[] payload) {
        sendWrite(handle, token, sequence, payload, crc.compute(new UnsafeBuffer(payload), 0, payload.length));
    }

    void sendWrite(
            final long handle, final long token, final long sequence, final byte[] payload, final int payloadCrc) {
        final WriteEncoder write = new WriteEncoder().wrapAndApplyHeader(buffer, 0, header);
        write.token(token)
                .sequence(sequence)
                .handle((int) handle)
                .payloadCrc(payloadCrc & 0xFFFF_FFFFL)
                .putPayload(payload, 0, payload.length);
        send(8 + write.encodedLength());
    }

    Reply read(final String resource) {
        sendRead(resource);
        return reply();
    }

    void sendRead(final String resource) {
        final byte[] name = resource.getBytes(StandardCharsets.UTF_8);
        final ReadEncoder read = new ReadEncoder().wrapAndApplyHeader(buffer, 0, header);
        read.correlationId(++correlationId).putResource(name, 0, name.length);
        send(8 + read.encodedLength());
    }

    void sendKeepAlive() {
        new KeepAliveEncoder().wrapAndApplyHeader(buffer, 0, header).clientId(clientId);
        send(8 + KeepAliveEncoder.BLOCK_LENGTH);
    }

    void sendGoodbye() {
        new GoodbyeEncoder().wrapAndApplyHeader(buffer, 0, header).clientId(clientId);
        send(8 + GoodbyeEncoder.BLOCK_LENGTH);
    }

    void sendBytes(final byte[] bytes) {
        buffer.putBytes(0, bytes);
        send(bytes.length);
    }

    /** The last message that was encoded, to be spoilt and sent again. */
    UnsafeBuffer message() {
        return buffer;
    }

    void send(final int length) {
        final long deadline = System.nanoTime() + DEADLINE_NS;
        while (!trySend(length)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not sent: " + requests);
            }
            Thread.yield();
        }
    }

    boolean trySend(final int length) {
        final long position = requests.offer(buffer, 0, length);
        if (position == Publication.CLOSED || position == Publication.MAX_POSITION_EXCEEDED) {
            throw new AssertionError("position=" + position);
        }
        return position > 0;
    }

    Reply reply() {
        final long deadline = System.nanoTime() + DEADLINE_NS;
        Reply reply = tryReply();
        while (reply == null) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("no answer: " + answers);
            }
            Thread.yield();
            reply = tryReply();
        }
        return reply;
    }

    Reply tryReply() {
        if (replies.isEmpty()) {
            answers.poll(assembler, 10);
        }
        return replies.poll();
    }

    @Override
    public void close() {
        CloseHelper.closeAll(requests, answers);
    }
}
