package io.fencegate.journal.recovery;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One record as it was read, as plain values. The bytes of name or payload are borrowed: valid until the view is filled
 * again.
 *
 * <p>Mutable and reused; one thread. Fields that a kind does not have are 0, and the handle is {@link #NO_HANDLE}.
 */
public final class RecordView {
    /** Stands for no handle. */
    public static final int NO_HANDLE = -1;

    /** What a record tells. */
    public enum Kind {
        /** Nothing that could be read: {@link RecordView#defect()} says why. */
        DEFECT,
        /** A gateway became the journal's writer. */
        GENERATION_STARTED,
        /** A holder opened a resource with a higher token. */
        FENCE_RAISED,
        /** A fenced write. */
        WRITE_ACCEPTED,
        /** A refusal that matters for audit. */
        REQUEST_REFUSED
    }

    private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
    private Kind kind = Kind.DEFECT;
    private String defect;
    private long generation;
    private long locator;
    private long position;
    private long syncedPosition;
    private long timestampNs;
    private int previousCrc;
    private int crc;
    private int crcComputed;
    private int handle;
    private long token;
    private long sequence;
    private long clientId;
    private long seal;
    private long fenceToken;
    private long generationStarted;
    private long journalId;
    private int payloadCrc;
    private int verdictCode;
    private int omitted;

    /**
     * Forgets the record before.
     *
     * @param kind of the record that is filled in next
     * @return this
     */
    public RecordView clear(final Kind kind) {
        this.kind = kind;
        defect = null;
        bytes.wrap(0, 0);
        generation = 0;
        locator = 0;
        handle = NO_HANDLE;
        timestampNs = 0;
        return position(0, 0)
                .chain(0, 0, 0)
                .grant(0, 0, 0)
                .write(0, 0)
                .refusal(0, 0, 0)
                .started(0, 0);
    }

    /**
     * Fills this view with something that is no record.
     *
     * @param reason in words, with facts as {@code name=value}
     * @return this
     */
    public RecordView defect(final String reason) {
        clear(Kind.DEFECT).defect = reason;
        return this;
    }

    /**
     * Fills in where the record was found.
     *
     * @param generation whose directory holds it
     * @param locator by which it is found again
     * @return this
     */
    public RecordView found(final long generation, final long locator) {
        this.generation = generation;
        this.locator = locator;
        return this;
    }

    /**
     * Fills in the record's place.
     *
     * @param position of the record
     * @param syncedPosition known when it was appended
     * @return this
     */
    public RecordView position(final long position, final long syncedPosition) {
        this.position = position;
        this.syncedPosition = syncedPosition;
        return this;
    }

    /**
     * Fills in what binds the record to the one before.
     *
     * @param previousCrc as it stands in the record
     * @param crc as it stands in the record
     * @param crcComputed over the bytes that were read
     * @return this
     */
    public RecordView chain(final int previousCrc, final int crc, final int crcComputed) {
        this.previousCrc = previousCrc;
        this.crc = crc;
        this.crcComputed = crcComputed;
        return this;
    }

    /**
     * Fills in the time.
     *
     * @param timestampNs since 1970-01-01T00:00Z
     * @return this
     */
    public RecordView timestampNs(final long timestampNs) {
        this.timestampNs = timestampNs;
        return this;
    }

    /**
     * Fills in the resource.
     *
     * @param handle or {@link #NO_HANDLE}
     * @return this
     */
    public RecordView handle(final int handle) {
        this.handle = handle;
        return this;
    }

    /**
     * Fills in the grant concerned.
     *
     * @param token of the grant
     * @param clientId of the grant
     * @param seal of the grant
     * @return this
     */
    public RecordView grant(final long token, final long clientId, final long seal) {
        this.token = token;
        this.clientId = clientId;
        this.seal = seal;
        return this;
    }

    /**
     * Fills in the write concerned.
     *
     * @param sequence of the write
     * @param payloadCrc of its payload
     * @return this
     */
    public RecordView write(final long sequence, final int payloadCrc) {
        this.sequence = sequence;
        this.payloadCrc = payloadCrc;
        return this;
    }

    /**
     * Fills in why a request was refused.
     *
     * @param verdictCode of the refusal
     * @param fenceToken at that moment
     * @param omitted refusals before it that were not journaled
     * @return this
     */
    public RecordView refusal(final int verdictCode, final long fenceToken, final int omitted) {
        this.verdictCode = verdictCode;
        this.fenceToken = fenceToken;
        this.omitted = omitted;
        return this;
    }

    /**
     * Fills in the start of a generation.
     *
     * @param generation that the record says it starts
     * @param journalId of the journal
     * @return this
     */
    public RecordView started(final long generation, final long journalId) {
        generationStarted = generation;
        this.journalId = journalId;
        return this;
    }

    /**
     * Points at the name or the payload.
     *
     * @param buffer that holds the bytes
     * @param offset of the first one
     * @param length in bytes
     * @return this
     */
    public RecordView bytes(final DirectBuffer buffer, final int offset, final int length) {
        bytes.wrap(buffer, offset, length);
        return this;
    }

    /** What this record tells. @return the kind */
    public Kind kind() {
        return kind;
    }

    /** Why this is no record. @return in words, null if it is one */
    public String defect() {
        return defect;
    }

    /** Generation in which the record was found. @return the generation */
    public long generation() {
        return generation;
    }

    /** Locator of the record within its generation. @return as the queue gave it; 0 if it was found without the queue */
    public long locator() {
        return locator;
    }

    /** Position of the record. @return from 1 */
    public long position() {
        return position;
    }

    /** Highest position that was known to be on disk when the record was appended. @return from 0 */
    public long syncedPosition() {
        return syncedPosition;
    }

    /** Time of the append, for people. @return nanoseconds since 1970-01-01T00:00Z */
    public long timestampNs() {
        return timestampNs;
    }

    /** CRC of the record before, as it stands in this one. @return the CRC */
    public int previousCrc() {
        return previousCrc;
    }

    /** CRC of the record, as it stands in it. @return the CRC */
    public int crc() {
        return crc;
    }

    /** CRC of the record, computed over what was read. @return the CRC */
    public int crcComputed() {
        return crcComputed;
    }

    /** Handle of the resource. @return from 0, or {@link #NO_HANDLE} */
    public int handle() {
        return handle;
    }

    /** Token of the fence, of the write, or of the refused request. @return the token */
    public long token() {
        return token;
    }

    /** Sequence of the write. @return from 1; 0 for an open */
    public long sequence() {
        return sequence;
    }

    /** Client of the fence or of the refused request. @return the clientId */
    public long clientId() {
        return clientId;
    }

    /** Seal of the fence. @return the seal, 0 without a key */
    public long seal() {
        return seal;
    }

    /** Fence at the moment of a refusal. @return the token, 0 if there was none */
    public long fenceToken() {
        return fenceToken;
    }

    /** Generation that this record starts, as it stands in it. @return its number, 0 for other kinds */
    public long generationStarted() {
        return generationStarted;
    }

    /** Journal that the generation says it belongs to. @return the journalId */
    public long journalId() {
        return journalId;
    }

    /** CRC32C of the payload as the client computed it. @return the CRC */
    public int payloadCrc() {
        return payloadCrc;
    }

    /** Verdict of a refusal. @return its code */
    public int verdictCode() {
        return verdictCode;
    }

    /** Refusals before this one that the limit left out. @return from 0 */
    public int omitted() {
        return omitted;
    }

    /** Name of the resource (fence, refused open) or payload (write). @return a borrowed view of exactly these bytes */
    public DirectBuffer bytes() {
        return bytes;
    }
}
