package io.fencegate.verification.story.real;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.wire.HelloEncoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.codecs.wire.OpenEncoder;
import io.fencegate.codecs.wire.ReadEncoder;
import io.fencegate.codecs.wire.WriteEncoder;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.verification.story.Call;
import io.fencegate.verification.story.Told;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/** Speaks the wire by hand, one request at a time: it says what no library would say, and when none would. */
final class HandPen implements GatewayPen {
    private static final int REQUEST_STREAM_ID = 2001;
    private static final int ANSWER_STREAM_ID = 2002;
    private static final int BUFFER_LENGTH = 4096;
    private static final int HANDLE_NEVER_GIVEN = Integer.MAX_VALUE;

    private final Aeron aeron;
    private final long clientId;
    private final Map<String, Integer> handles;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[BUFFER_LENGTH]);
    private final PayloadCrc crc = new PayloadCrc();
    private final FragmentHandler assembler =
            new FragmentAssembler((bytes, offset, length, end) -> reply = WireReply.decode(bytes, offset));
    private Subscription answers;
    private ExclusivePublication requests;
    private WireReply reply;
    private long correlationId;

    /** A pen. @param handles that the gateway gave to anybody: it gives the same ones to all */
    HandPen(final Aeron aeron, final long clientId, final Map<String, Integer> handles) {
        this.aeron = aeron;
        this.clientId = clientId;
        this.handles = handles;
    }

    @Override
    public Told open(final Grant grant) {
        connect();
        final byte[] name = grant.resource().getBytes(StandardCharsets.UTF_8);
        final OpenEncoder open = new OpenEncoder().wrapAndApplyHeader(buffer, 0, header);
        open.correlationId(++correlationId)
                .token(grant.token())
                .clientId(grant.clientId())
                .seal(grant.seal())
                .putResource(name, 0, name.length);
        final WireReply answer = ask(MessageHeaderEncoder.ENCODED_LENGTH + open.encodedLength());
        if (answer.handle() >= 0) {
            handles.put(grant.resource(), answer.handle());
        }
        return answer.told();
    }

    @Override
    public Told write(final Call call) {
        connect();
        final byte[] payload = call.payload().getBytes(StandardCharsets.UTF_8);
        final WriteEncoder write = new WriteEncoder().wrapAndApplyHeader(buffer, 0, header);
        write.token(call.token())
                .sequence(call.sequence())
                .handle(handles.getOrDefault(call.resource(), HANDLE_NEVER_GIVEN))
                .payloadCrc(crc.compute(new UnsafeBuffer(payload), 0, payload.length) & 0xFFFF_FFFFL)
                .putPayload(payload, 0, payload.length);
        return ask(MessageHeaderEncoder.ENCODED_LENGTH + write.encodedLength()).told();
    }

    @Override
    public Told read(final String resource) {
        connect();
        final byte[] name = resource.getBytes(StandardCharsets.UTF_8);
        final ReadEncoder read = new ReadEncoder().wrapAndApplyHeader(buffer, 0, header);
        read.correlationId(++correlationId).putResource(name, 0, name.length);
        return ask(MessageHeaderEncoder.ENCODED_LENGTH + read.encodedLength()).told();
    }

    @Override
    public void onGatewayStopped() {
        CloseHelper.closeAll(requests, answers);
        requests = null;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(requests, answers);
    }

    private void connect() {
        if (requests != null) {
            return;
        }
        answers = aeron.addSubscription("aeron:ipc?control-mode=response", ANSWER_STREAM_ID);
        requests = aeron.addExclusivePublication(
                "aeron:ipc?term-length=1m|response-correlation-id=" + answers.registrationId(), REQUEST_STREAM_ID);
        new HelloEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .correlationId(++correlationId)
                .clientId(clientId)
                .protocolVersion(WireLimits.PROTOCOL_VERSION);
        final WireReply welcome = ask(MessageHeaderEncoder.ENCODED_LENGTH + HelloEncoder.BLOCK_LENGTH);
        if (!welcome.told().word().equals(WireReply.WELCOME)) {
            throw new IllegalStateException(
                    "not welcome: told=" + welcome.told().word());
        }
    }

    private WireReply ask(final int length) {
        reply = null;
        Deadline.await("a request is taken", () -> offer(length));
        Deadline.await("a request is answered", () -> answers.poll(assembler, 1) >= 0 && reply != null);
        return reply;
    }

    private boolean offer(final int length) {
        final long position = requests.offer(buffer, 0, length);
        if (position == Publication.CLOSED || position == Publication.MAX_POSITION_EXCEEDED) {
            throw new IllegalStateException("the way to the gateway is closed: position=" + position);
        }
        return position > 0;
    }
}
