package io.fencegate.client.gateway;

import io.aeron.ExclusivePublication;
import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.wire.GoodbyeEncoder;
import io.fencegate.codecs.wire.HelloEncoder;
import io.fencegate.codecs.wire.KeepAliveEncoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.codecs.wire.OpenEncoder;
import io.fencegate.codecs.wire.PayloadEncodingEncoder;
import io.fencegate.codecs.wire.ReadEncoder;
import io.fencegate.codecs.wire.WriteEncoder;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.ResourceName;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes requests to a gateway outward. Every method returns what the publication's offer returned. Does not allocate
 * but for names.
 *
 * <p>The client's thread.
 */
final class RequestPublisher {
    private static final int PAYLOAD_LENGTH_OFFSET =
            WireLimits.WRITE_FIXED_LENGTH - PayloadEncodingEncoder.varDataEncodingOffset();

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[WireLimits.SEQUENCER_MESSAGE_LENGTH_MAX]);
    private final UnsafeBuffer name = new UnsafeBuffer(new byte[ResourceName.LENGTH_MAX]);
    private final UnsafeBuffer writeFixed = new UnsafeBuffer(new byte[WireLimits.WRITE_FIXED_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final HelloEncoder hello = new HelloEncoder();
    private final OpenEncoder open = new OpenEncoder();
    private final WriteEncoder write = new WriteEncoder();
    private final ReadEncoder read = new ReadEncoder();
    private final KeepAliveEncoder keepAlive = new KeepAliveEncoder();
    private final GoodbyeEncoder goodbye = new GoodbyeEncoder();
    private final ExclusivePublication publication;

    RequestPublisher(final ExclusivePublication publication) {
        this.publication = publication;
        write.wrapAndApplyHeader(writeFixed, 0, header);
    }

    long hello(final long correlationId, final long clientId) {
        hello.wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .clientId(clientId)
                .protocolVersion(WireLimits.PROTOCOL_VERSION);
        return offer(hello.encodedLength());
    }

    long open(final long correlationId, final Grant grant) {
        final int nameLength = ResourceName.encode(grant.resource(), name, 0);
        open.wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .token(grant.token())
                .clientId(grant.clientId())
                .seal(grant.seal())
                .putResource(name, 0, nameLength);
        return offer(open.encodedLength());
    }

    long read(final long correlationId, final String resource) {
        final int nameLength = ResourceName.encode(resource, name, 0);
        read.wrapAndApplyHeader(buffer, 0, header).correlationId(correlationId).putResource(name, 0, nameLength);
        return offer(read.encodedLength());
    }

    /** The payload goes from the caller's buffer into the term without a copy in between. */
    long write(
            final int handle,
            final long token,
            final long sequence,
            final int payloadCrc,
            final DirectBuffer payload,
            final int offset,
            final int length) {
        write.token(token).sequence(sequence).handle(handle).payloadCrc(Integer.toUnsignedLong(payloadCrc));
        writeFixed.putInt(PAYLOAD_LENGTH_OFFSET, length, ByteOrder.LITTLE_ENDIAN);
        return publication.offer(writeFixed, 0, WireLimits.WRITE_FIXED_LENGTH, payload, offset, length, null);
    }

    long keepAlive(final long clientId) {
        keepAlive.wrapAndApplyHeader(buffer, 0, header).clientId(clientId);
        return offer(keepAlive.encodedLength());
    }

    long goodbye(final long clientId) {
        goodbye.wrapAndApplyHeader(buffer, 0, header).clientId(clientId);
        return offer(goodbye.encodedLength());
    }

    private long offer(final int bodyLength) {
        return publication.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + bodyLength);
    }
}
