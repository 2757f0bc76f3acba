package io.fencegate.storage.line;

import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.wire.GoodbyeDecoder;
import io.fencegate.codecs.wire.HelloDecoder;
import io.fencegate.codecs.wire.KeepAliveDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.NameEncodingDecoder;
import io.fencegate.codecs.wire.OpenDecoder;
import io.fencegate.codecs.wire.PayloadEncodingDecoder;
import io.fencegate.codecs.wire.ReadDecoder;
import io.fencegate.codecs.wire.WriteDecoder;
import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.WriteRequest;
import io.fencegate.storage.flow.RequestHandler;
import io.fencegate.storage.session.Session;
import org.agrona.DirectBuffer;

/**
 * Decodes requests: reads nothing before its length is checked, and takes a message for malformed unless schema,
 * template, version, block and every length are exactly those of this build.
 *
 * <p>The line's thread; does not allocate.
 */
final class RequestAdapter {
    private static final int NAME_HEAD = NameEncodingDecoder.varDataEncodingOffset();
    private static final int PAYLOAD_HEAD = PayloadEncodingDecoder.varDataEncodingOffset();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HelloDecoder hello = new HelloDecoder();
    private final OpenDecoder open = new OpenDecoder();
    private final WriteDecoder write = new WriteDecoder();
    private final ReadDecoder read = new ReadDecoder();
    private final OpenRequest openRequest = new OpenRequest();
    private final WriteRequest writeRequest = new WriteRequest();
    private final RequestHandler handler;

    RequestAdapter(final RequestHandler handler) {
        this.handler = handler;
    }

    /**
     * Decodes one message.
     *
     * @param session that sent it; its answers have room
     * @param buffer that holds it
     * @param offset of its first byte
     * @param length of what the buffer holds of it, in bytes
     * @param lengthSent of the message as it was sent: more than {@code length} if it is longer than any write that is
     *     accepted
     */
    void onMessage(
            final Session session,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final int lengthSent) {
        if (length < WireLimits.HEADER_LENGTH) {
            handler.onMalformed(session, 0, 0);
            return;
        }
        header.wrap(buffer, offset);
        final int templateId = header.templateId();
        final int body = offset + WireLimits.HEADER_LENGTH;
        final int bodyLength = length - WireLimits.HEADER_LENGTH;
        if (header.schemaId() != WriteDecoder.SCHEMA_ID || header.version() != WireLimits.PROTOCOL_VERSION) {
            handler.onMalformed(session, 0, templateId);
        } else if (templateId == HelloDecoder.TEMPLATE_ID) {
            onHello(session, buffer, body, bodyLength);
        } else {
            onRequest(session, templateId, buffer, body, bodyLength, lengthSent - WireLimits.HEADER_LENGTH);
        }
    }

    private void onRequest(
            final Session session,
            final int templateId,
            final DirectBuffer buffer,
            final int body,
            final int bodyLength,
            final int bodyLengthSent) {
        switch (templateId) {
            case WriteDecoder.TEMPLATE_ID:
                onWrite(session, buffer, body, bodyLength, bodyLengthSent);
                break;
            case OpenDecoder.TEMPLATE_ID:
                onOpen(session, buffer, body, bodyLength);
                break;
            case ReadDecoder.TEMPLATE_ID:
                onRead(session, buffer, body, bodyLength);
                break;
            case KeepAliveDecoder.TEMPLATE_ID:
                if (isBlock(KeepAliveDecoder.BLOCK_LENGTH, bodyLength)) {
                    handler.onKeepAlive(session);
                } else {
                    handler.onMalformed(session, 0, templateId);
                }
                break;
            case GoodbyeDecoder.TEMPLATE_ID:
                if (isBlock(GoodbyeDecoder.BLOCK_LENGTH, bodyLength)) {
                    handler.onGoodbye(session);
                } else {
                    handler.onMalformed(session, 0, templateId);
                }
                break;
            default:
                handler.onMalformed(session, 0, templateId);
                break;
        }
    }

    private void onHello(final Session session, final DirectBuffer buffer, final int body, final int bodyLength) {
        if (!isBlock(HelloDecoder.BLOCK_LENGTH, bodyLength)) {
            handler.onMalformed(session, 0, HelloDecoder.TEMPLATE_ID);
            return;
        }
        hello.wrap(buffer, body, HelloDecoder.BLOCK_LENGTH, WireLimits.PROTOCOL_VERSION);
        handler.onHello(session, hello.correlationId(), hello.clientId(), hello.protocolVersion());
    }

    private void onOpen(final Session session, final DirectBuffer buffer, final int body, final int bodyLength) {
        final int nameLength = nameLength(buffer, body, OpenDecoder.BLOCK_LENGTH, bodyLength);
        if (nameLength < 0) {
            handler.onMalformed(session, 0, OpenDecoder.TEMPLATE_ID);
            return;
        }
        open.wrap(buffer, body, OpenDecoder.BLOCK_LENGTH, WireLimits.PROTOCOL_VERSION);
        openRequest
                .name(buffer, body + OpenDecoder.BLOCK_LENGTH + NAME_HEAD, nameLength)
                .grant(open.token(), open.clientId(), open.seal());
        handler.onOpen(session, open.correlationId(), openRequest);
    }

    private void onWrite(
            final Session session,
            final DirectBuffer buffer,
            final int body,
            final int bodyLength,
            final int bodyLengthSent) {
        final int payload = WriteDecoder.BLOCK_LENGTH + PAYLOAD_HEAD;
        final boolean isReadable = bodyLength >= payload
                && header.blockLength() == WriteDecoder.BLOCK_LENGTH
                && bodyLengthSent - payload == buffer.getInt(body + WriteDecoder.BLOCK_LENGTH, WriteDecoder.BYTE_ORDER);
        if (!isReadable) {
            handler.onMalformed(session, 0, WriteDecoder.TEMPLATE_ID);
            return;
        }
        write.wrap(buffer, body, WriteDecoder.BLOCK_LENGTH, WireLimits.PROTOCOL_VERSION);
        writeRequest
                .header(write.handle(), write.token(), write.sequence(), (int) write.payloadCrc())
                .payload(buffer, body + payload, bodyLengthSent - payload);
        handler.onWrite(session, writeRequest);
    }

    private void onRead(final Session session, final DirectBuffer buffer, final int body, final int bodyLength) {
        final int nameLength = nameLength(buffer, body, ReadDecoder.BLOCK_LENGTH, bodyLength);
        if (nameLength < 0) {
            handler.onMalformed(session, 0, ReadDecoder.TEMPLATE_ID);
            return;
        }
        read.wrap(buffer, body, ReadDecoder.BLOCK_LENGTH, WireLimits.PROTOCOL_VERSION);
        openRequest.name(buffer, body + ReadDecoder.BLOCK_LENGTH + NAME_HEAD, nameLength);
        handler.onRead(session, read.correlationId(), openRequest);
    }

    private boolean isBlock(final int blockLength, final int bodyLength) {
        return header.blockLength() == blockLength && bodyLength == blockLength;
    }

    /** Length of the name that ends the message, or -1 if the lengths do not fit each other. */
    private int nameLength(final DirectBuffer buffer, final int body, final int blockLength, final int bodyLength) {
        if (header.blockLength() != blockLength || bodyLength < blockLength + NAME_HEAD) {
            return -1;
        }
        final int nameLength = buffer.getShort(body + blockLength, OpenDecoder.BYTE_ORDER) & 0xFFFF;
        return bodyLength == blockLength + NAME_HEAD + nameLength ? nameLength : -1;
    }
}
