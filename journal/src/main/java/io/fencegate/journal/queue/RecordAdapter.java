package io.fencegate.journal.queue;

import io.fencegate.codecs.JournalLimits;
import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.journal.FenceRaisedDecoder;
import io.fencegate.codecs.journal.GenerationStartedDecoder;
import io.fencegate.codecs.journal.MessageHeaderDecoder;
import io.fencegate.codecs.journal.NameEncodingDecoder;
import io.fencegate.codecs.journal.PayloadEncodingDecoder;
import io.fencegate.codecs.journal.RecordHeadDecoder;
import io.fencegate.codecs.journal.RequestRefusedDecoder;
import io.fencegate.codecs.journal.WriteAcceptedDecoder;
import io.fencegate.journal.recovery.RecordView;
import org.agrona.checksum.Crc32c;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decodes a record into plain values, trusting no byte of it. The checksum is computed, not judged.
 *
 * <p>One thread; allocates only to say what is wrong.
 */
public final class RecordAdapter {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RecordHeadDecoder head = new RecordHeadDecoder();
    private final GenerationStartedDecoder started = new GenerationStartedDecoder();
    private final FenceRaisedDecoder raised = new FenceRaisedDecoder();
    private final WriteAcceptedDecoder accepted = new WriteAcceptedDecoder();
    private final RequestRefusedDecoder refused = new RequestRefusedDecoder();

    /** An adapter. */
    public RecordAdapter() {}

    /**
     * Decodes a record.
     *
     * @param buffer outside the heap that holds it
     * @param offset of its header
     * @param available bytes from there on that may be read
     * @param record filled; its bytes point into the buffer
     * @return length of the record in bytes, 0 if this is none
     */
    public int decode(final UnsafeBuffer buffer, final int offset, final int available, final RecordView record) {
        if (available < JournalLimits.RECORD_LENGTH_MIN) {
            record.defect("record is too short: length=" + available);
            return 0;
        }
        header.wrap(buffer, offset);
        final long length = header.length();
        if (length < JournalLimits.RECORD_LENGTH_MIN || length > available) {
            record.defect("record has an impossible length: length=" + length + " available=" + available);
            return 0;
        }
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID
                || header.version() > MessageHeaderDecoder.SCHEMA_VERSION) {
            record.defect(
                    "record of an unknown format: schemaId=" + header.schemaId() + " version=" + header.version());
            return 0;
        }
        if (!decodeBlock(buffer, offset, (int) length, record)) {
            record.defect("record is malformed: templateId=" + header.templateId() + " blockLength="
                    + header.blockLength() + " length=" + length);
            return 0;
        }
        head.wrap(buffer, offset + JournalLimits.HEADER_LENGTH);
        record.position(head.position(), head.syncedPosition())
                .timestampNs(head.timestampNs())
                .handle(head.handle())
                .chain((int) head.previousCrc(), (int) header.crc(), checksum(buffer, offset, (int) length));
        return (int) length;
    }

    private boolean decodeBlock(
            final UnsafeBuffer buffer, final int offset, final int length, final RecordView record) {
        final int block = offset + JournalLimits.HEADER_LENGTH;
        final int blockLength = header.blockLength();
        final int version = header.version();
        final int end = offset + length;
        switch (header.templateId()) {
            case GenerationStartedDecoder.TEMPLATE_ID:
                if (blockLength != GenerationStartedDecoder.BLOCK_LENGTH || block + blockLength != end) {
                    return false;
                }
                started.wrap(buffer, block, blockLength, version);
                record.clear(RecordView.Kind.GENERATION_STARTED).started(started.generation(), started.journalId());
                return true;
            case FenceRaisedDecoder.TEMPLATE_ID:
                if (!holdsName(buffer, block, FenceRaisedDecoder.BLOCK_LENGTH, end)) {
                    return false;
                }
                raised.wrap(buffer, block, blockLength, version);
                record.clear(RecordView.Kind.FENCE_RAISED).grant(raised.token(), raised.clientId(), raised.seal());
                pointAtName(buffer, block + blockLength, end, record);
                return true;
            case WriteAcceptedDecoder.TEMPLATE_ID:
                return decodeAccepted(buffer, block, end, record);
            case RequestRefusedDecoder.TEMPLATE_ID:
                if (!holdsName(buffer, block, RequestRefusedDecoder.BLOCK_LENGTH, end)) {
                    return false;
                }
                refused.wrap(buffer, block, blockLength, version);
                record.clear(RecordView.Kind.REQUEST_REFUSED)
                        .grant(refused.token(), refused.clientId(), 0)
                        .write(refused.sequence(), 0)
                        .refusal(refused.verdict(), refused.fenceToken(), refused.omitted());
                pointAtName(buffer, block + blockLength, end, record);
                return true;
            default:
                return false;
        }
    }

    private boolean decodeAccepted(final UnsafeBuffer buffer, final int block, final int end, final RecordView record) {
        final int data = block + WriteAcceptedDecoder.BLOCK_LENGTH + PayloadEncodingDecoder.varDataEncodingOffset();
        if (header.blockLength() != WriteAcceptedDecoder.BLOCK_LENGTH || data > end) {
            return false;
        }
        accepted.wrap(buffer, block, header.blockLength(), header.version());
        if (accepted.payloadLength() != end - data) {
            return false;
        }
        record.clear(RecordView.Kind.WRITE_ACCEPTED)
                .grant(accepted.token(), 0, 0)
                .write(accepted.sequence(), (int) accepted.payloadCrc())
                .bytes(buffer, data, end - data);
        return true;
    }

    private boolean holdsName(
            final UnsafeBuffer buffer, final int block, final int blockLengthExpected, final int end) {
        final int nameAt = block + blockLengthExpected;
        final int nameBegin = nameAt + NameEncodingDecoder.varDataEncodingOffset();
        if (header.blockLength() != blockLengthExpected || nameBegin > end) {
            return false;
        }
        final int nameLength = buffer.getShort(nameAt, NameEncodingDecoder.BYTE_ORDER) & 0xFFFF;
        return nameLength == end - nameBegin && nameLength <= WireLimits.NAME_LENGTH_MAX;
    }

    private static void pointAtName(
            final UnsafeBuffer buffer, final int nameAt, final int end, final RecordView record) {
        final int nameBegin = nameAt + NameEncodingDecoder.varDataEncodingOffset();
        record.bytes(buffer, nameBegin, end - nameBegin);
    }

    /**
     * Computes the checksum of a record.
     *
     * @param buffer outside the heap that holds it
     * @param offset of its header
     * @param length of the record in bytes
     * @return CRC32C of everything behind the field that holds it
     */
    public static int checksum(final UnsafeBuffer buffer, final int offset, final int length) {
        return Crc32c.INSTANCE.compute(
                buffer.addressOffset(), offset + JournalLimits.CHECKED_OFFSET, length - JournalLimits.CHECKED_OFFSET);
    }
}
