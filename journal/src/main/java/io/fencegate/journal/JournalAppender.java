package io.fencegate.journal;

import io.fencegate.codecs.JournalLimits;
import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.journal.FenceRaisedEncoder;
import io.fencegate.codecs.journal.GenerationStartedEncoder;
import io.fencegate.codecs.journal.MessageHeaderEncoder;
import io.fencegate.codecs.journal.RecordHeadEncoder;
import io.fencegate.codecs.journal.RequestRefusedEncoder;
import io.fencegate.codecs.journal.WriteAcceptedEncoder;
import io.fencegate.journal.queue.RecordAdapter;
import java.util.concurrent.atomic.AtomicLong;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.queue.ExcerptAppender;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Appends records: each is put together in the appender's own memory, bound to the one before by its CRC, and then
 * copied into the queue at once, so that a record is either whole or not there.
 *
 * <p>The line's thread only; no method allocates, but for a new file of the queue (once a day). After any error thrown by
 * an append the state of the queue is unknown: the appender refuses all work, and the process must stop.
 */
public final class JournalAppender {
    /** What a record costs beside its own length: the queue's header and padding, and its share of the index. */
    private static final int RECORD_OVERHEAD_LENGTH = 16;

    private static final long QUEUE_OVERHEAD_LENGTH = 1 << 20;

    private final JournalParts parts;
    private final ExcerptAppender queueAppender;
    private final long generation;
    private final UnsafeBuffer buffer =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(JournalLimits.RECORD_LENGTH_MAX, Long.BYTES));
    private final PointerBytesStore bytes = BytesStore.nativePointer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RecordHeadEncoder head = new RecordHeadEncoder();
    private final GenerationStartedEncoder started = new GenerationStartedEncoder();
    private final FenceRaisedEncoder raised = new FenceRaisedEncoder();
    private final WriteAcceptedEncoder accepted = new WriteAcceptedEncoder();
    private final RequestRefusedEncoder refused = new RequestRefusedEncoder();
    private final AtomicLong appendedBytes = new AtomicLong();
    private long timestampNs;
    private long position;
    private int crc;
    private long locator;
    private int cycle = -1;
    private boolean broken;

    JournalAppender(final JournalParts parts, final long generation, final long position, final int crc) {
        this.parts = parts;
        this.generation = generation;
        this.position = position;
        this.crc = crc;
        queueAppender = parts.queue().createAppender();
        queueAppender.singleThreadedCheckDisabled(true);
    }

    /**
     * Time of the records that follow: set once per duty cycle. It also decides when the queue goes on in its next file.
     *
     * @param epochNs nanoseconds since 1970-01-01T00:00Z
     */
    public void timestampNs(final long epochNs) {
        timestampNs = epochNs;
        parts.time().advance(epochNs);
    }

    void appendGenerationStarted(final long journalId) {
        started.wrapAndApplyHeader(buffer, 0, header).generation(generation).journalId(journalId);
        append(Refusal.NO_HANDLE, started.limit());
    }

    /**
     * Appends an accepted write.
     *
     * @param handle of the resource
     * @param token of the write
     * @param sequence of the write
     * @param payloadCrc CRC32C of the payload
     * @param payload buffer that holds the payload
     * @param offset of its first byte
     * @param length in bytes, 0 to 65,536
     * @return the record's position
     */
    public long appendAccepted(
            final int handle,
            final long token,
            final long sequence,
            final int payloadCrc,
            final DirectBuffer payload,
            final int offset,
            final int length) {
        checkLength("payload", length, WireLimits.PAYLOAD_LENGTH_MAX);
        accepted.wrapAndApplyHeader(buffer, 0, header)
                .token(token)
                .sequence(sequence)
                .payloadCrc(payloadCrc & 0xFFFF_FFFFL)
                .putPayload(payload, offset, length);
        return append(handle, accepted.limit());
    }

    /**
     * Appends a raised fence; the fence log needs it too.
     *
     * @param handle of the resource
     * @param token of the fence
     * @param clientId of the grant
     * @param seal of the grant
     * @param nameBuffer that holds the name
     * @param nameOffset of its first byte
     * @param nameLength in bytes, 1 to 128
     * @return the record's position
     */
    public long appendFenceRaised(
            final int handle,
            final long token,
            final long clientId,
            final long seal,
            final DirectBuffer nameBuffer,
            final int nameOffset,
            final int nameLength) {
        checkLength("name", nameLength, WireLimits.NAME_LENGTH_MAX);
        raised.wrapAndApplyHeader(buffer, 0, header)
                .token(token)
                .clientId(clientId)
                .seal(seal)
                .putResource(nameBuffer, nameOffset, nameLength);
        return append(handle, raised.limit());
    }

    /**
     * Appends a refusal.
     *
     * @param refusal that matters for audit
     * @return the record's position
     */
    public long appendRefused(final Refusal refusal) {
        final DirectBuffer name = refusal.name();
        checkLength("name", name.capacity(), WireLimits.NAME_LENGTH_MAX);
        refused.wrapAndApplyHeader(buffer, 0, header)
                .token(refusal.token())
                .sequence(refusal.sequence())
                .clientId(refusal.clientId())
                .fenceToken(refusal.fenceToken())
                .omitted(refusal.omitted())
                .verdict((short) refusal.verdictCode())
                .putResource(name, 0, name.capacity());
        return append(refusal.handle(), refused.limit());
    }

    private static void checkLength(final String what, final int length, final int lengthMax) {
        if (length < 0 || length > lengthMax) {
            throw new IllegalArgumentException(what + " is too long: length=" + length + " max=" + lengthMax);
        }
    }

    private long append(final int handle, final int length) {
        if (broken) {
            throw new IllegalStateException("journal is broken by an earlier error of an append");
        }
        final long next = position + 1;
        head.wrap(buffer, JournalLimits.HEADER_LENGTH)
                .position(next)
                .syncedPosition(parts.sync().syncedPosition())
                .timestampNs(timestampNs)
                .previousCrc(crc & 0xFFFF_FFFFL)
                .handle(handle);
        header.length(length);
        final int nextCrc = RecordAdapter.checksum(buffer, 0, length);
        header.crc(nextCrc & 0xFFFF_FFFFL);
        bytes.set(buffer.addressOffset(), length);

        broken = true;
        queueAppender.writeBytes(bytes);
        locator = queueAppender.lastIndexAppended();
        if (queueAppender.cycle() != cycle) {
            cycle = queueAppender.cycle();
            parts.sync().fileBegun(queueAppender.currentFile().toPath());
        }
        broken = false;

        position = next;
        crc = nextCrc;
        appendedBytes.setRelease(appendedBytes.getPlain() + length + RECORD_OVERHEAD_LENGTH);
        parts.sync().appended(next);
        return next;
    }

    /** Position of the last record. @return from 1 */
    public long position() {
        return position;
    }

    /** Locator of the last record. @return as the queue gave it */
    public long lastLocator() {
        return locator;
    }

    /** This run of the gateway as the journal's writer. @return from 1 */
    public long generation() {
        return generation;
    }

    /**
     * Whether a write or a refusal may be appended.
     *
     * @param length of the payload or name, in bytes
     * @return false where it would use the reserve for fences
     */
    public boolean hasRoom(final int length) {
        return parts.space().holdsWrite(appendedBytes.getPlain() + costOf(length));
    }

    /** Whether a fence may be raised: journal and fence log have space for it. @return false where even that is used up */
    public boolean hasRoomForFence() {
        return parts.fenceLog().hasRoom()
                && parts.space().holdsFence(appendedBytes.getPlain() + costOf(WireLimits.NAME_LENGTH_MAX));
    }

    private static long costOf(final int length) {
        return JournalLimits.ACCEPTED_FIXED_LENGTH + length + RECORD_OVERHEAD_LENGTH + QUEUE_OVERHEAD_LENGTH;
    }

    long appendedBytes() {
        return appendedBytes.getAcquire();
    }
}
