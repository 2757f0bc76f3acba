package io.fencegate.storage.session;

import io.fencegate.core.fence.FenceTable;
import io.fencegate.core.fence.RecordRef;
import io.fencegate.core.grant.Verdict;

/**
 * One pending answer: what it says as plain fields, and what must be durable before it may leave. Fields that its kind
 * does not have are 0.
 *
 * <p>Mutable and reused; the line's thread.
 */
public final class Answer {
    /** Stands for a message whose template could not be read. */
    public static final int NO_TEMPLATE = 0;

    private final RecordRef record = new RecordRef();
    private AnswerKind kind;
    private Verdict verdict;
    private long correlationId;
    private long token;
    private long sequence;
    private long clientId;
    private int handle;
    private int templateId;
    private long sequenceLast;
    private long lastToken;
    private int crc;
    private long fenceToken;
    private long fenceClientId;
    private long proof;
    private long positionNeeded;
    private long fenceOffsetNeeded;
    private boolean isOvertaken;

    /**
     * Answers a hello; waits for nothing.
     *
     * @param correlationId of the hello
     */
    public void welcome(final long correlationId) {
        begin(AnswerKind.WELCOME, Verdict.ACCEPTED);
        this.correlationId = correlationId;
    }

    /**
     * Answers an open once its fence is on disk.
     *
     * @param correlationId of the open
     * @param handle of the resource
     * @param token of the open
     * @param clientId of the open
     * @param fenceOffset that must be synced
     */
    public void open(
            final long correlationId, final int handle, final long token, final long clientId, final long fenceOffset) {
        begin(AnswerKind.OPENED, Verdict.OPENED);
        this.correlationId = correlationId;
        this.handle = handle;
        this.token = token;
        this.clientId = clientId;
        fenceOffsetNeeded = fenceOffset;
    }

    /**
     * Refuses an open; waits for nothing.
     *
     * @param verdict that refuses
     * @param correlationId of the open
     * @param token of the open
     */
    public void openRefused(final Verdict verdict, final long correlationId, final long token) {
        begin(AnswerKind.OPEN_REFUSED, verdict);
        this.correlationId = correlationId;
        this.token = token;
    }

    /**
     * Adds the grant that fences the caller of a refused open.
     *
     * @param token of that grant
     * @param clientId of that grant
     * @param proof that it was opened, 0 without a key
     */
    public void fencedBy(final long token, final long clientId, final long proof) {
        fenceToken = token;
        fenceClientId = clientId;
        this.proof = proof;
    }

    /**
     * Acknowledges a write once its record is durable.
     *
     * @param verdict ACCEPTED or DUPLICATE
     * @param handle of the resource
     * @param token of the write
     * @param sequence of the write
     * @param position that must be durable
     */
    public void writeAccepted(
            final Verdict verdict, final int handle, final long token, final long sequence, final long position) {
        begin(AnswerKind.WRITE_ACCEPTED, verdict);
        this.handle = handle;
        this.token = token;
        this.sequence = sequence;
        positionNeeded = position;
    }

    /**
     * Refuses a write; waits for nothing.
     *
     * @param verdict that refuses
     * @param handle of the write
     * @param token of the write
     * @param sequence of the write
     */
    public void writeRefused(final Verdict verdict, final int handle, final long token, final long sequence) {
        begin(AnswerKind.WRITE_REFUSED, verdict);
        this.handle = handle;
        this.token = token;
        this.sequence = sequence;
    }

    /**
     * Adds what a refused writer needs to know.
     *
     * @param fenceToken where the caller's token is not the fence, else 0
     * @param fenceClientId of that fence, else 0
     * @param sequenceExpected where that is why, else 0
     */
    public void writeExpected(final long fenceToken, final long fenceClientId, final long sequenceExpected) {
        this.fenceToken = fenceToken;
        this.fenceClientId = fenceClientId;
        sequenceLast = sequenceExpected;
    }

    /**
     * Answers a read once its record is durable: the record that is the resource's last one now.
     *
     * @param correlationId of the read
     * @param fences that remember the record
     * @param handle of the resource
     */
    public void lastRecord(final long correlationId, final FenceTable fences, final int handle) {
        begin(AnswerKind.LAST_RECORD, Verdict.FOUND);
        this.correlationId = correlationId;
        this.handle = handle;
        token = fences.lastToken(handle);
        sequence = fences.lastSequence(handle);
        crc = fences.lastPayloadCrc(handle);
        fences.lastRecord(handle, record);
        positionNeeded = record.position();
    }

    /**
     * Refuses a request that has no refusal of its own; waits for nothing.
     *
     * @param verdict that refuses
     * @param correlationId of the request, 0 where it could not be read
     * @param templateId of the request, {@link #NO_TEMPLATE} where it could not be read
     */
    public void requestRefused(final Verdict verdict, final long correlationId, final int templateId) {
        begin(AnswerKind.REQUEST_REFUSED, verdict);
        this.correlationId = correlationId;
        this.templateId = templateId;
    }

    /**
     * Fills in the state that an OPENED tells of.
     *
     * @param fences that remember it
     */
    void tellState(final FenceTable fences) {
        sequenceLast = fences.sequenceLast(handle);
        crc = fences.runningCrc(handle);
        lastToken = fences.lastToken(handle);
        sequence = fences.lastSequence(handle);
        fences.lastRecord(handle, record);
    }

    /** A younger session of the same holder opened with the same token: this open comes too late. */
    void overtake() {
        isOvertaken = true;
    }

    /**
     * Whether everything that this answer waits for is durable.
     *
     * @param durablePosition of the journal
     * @param fenceOffsetSynced of the fence log
     * @return true if it may leave
     */
    boolean isReady(final long durablePosition, final long fenceOffsetSynced) {
        return positionNeeded <= durablePosition && fenceOffsetNeeded <= fenceOffsetSynced;
    }

    /** What this answer says. @return its kind */
    public AnswerKind kind() {
        return kind;
    }

    /** The rule that decided. @return the verdict */
    public Verdict verdict() {
        return verdict;
    }

    /** Of the request. @return 0 where there was none */
    public long correlationId() {
        return correlationId;
    }

    /** Of the request; in a LAST_RECORD of the record. @return the token */
    public long token() {
        return token;
    }

    /** Of the write; in a LAST_RECORD or OPENED of the last accepted record. @return the sequence */
    public long sequence() {
        return sequence;
    }

    /** Of the open. @return the clientId */
    public long clientId() {
        return clientId;
    }

    /** Of the resource. @return the handle */
    public int handle() {
        return handle;
    }

    /** Of the refused request. @return or {@link #NO_TEMPLATE} */
    public int templateId() {
        return templateId;
    }

    /** Last accepted sequence under the token of an OPENED. @return 0 if none */
    public long sequenceLast() {
        return sequenceLast;
    }

    /** Sequence that the gateway waits for, in a WRITE_REFUSED. @return 0 where that is not why */
    public long sequenceExpected() {
        return sequenceLast;
    }

    /** Token of the last accepted record, in an OPENED. @return 0 if there is none */
    public long lastToken() {
        return lastToken;
    }

    /** Running CRC in an OPENED, CRC of the payload in a LAST_RECORD. @return the CRC */
    public int crc() {
        return crc;
    }

    /** Token that fences the caller. @return 0 where none does */
    public long fenceToken() {
        return fenceToken;
    }

    /** Client of the grant that fences the caller. @return 0 where none does */
    public long fenceClientId() {
        return fenceClientId;
    }

    /** Proof of the grant that fences the caller. @return 0 without a key */
    public long proof() {
        return proof;
    }

    /** The record that the answer tells of. @return to be filled or read; position 0 if there is none */
    public RecordRef record() {
        return record;
    }

    /** Whether a younger session of the same holder opened meanwhile. @return true if this open comes too late */
    boolean isOvertaken() {
        return isOvertaken;
    }

    private void begin(final AnswerKind kind, final Verdict verdict) {
        this.kind = kind;
        this.verdict = verdict;
        record.set(0, 0, 0);
        correlationId = 0;
        token = 0;
        sequence = 0;
        clientId = 0;
        handle = 0;
        templateId = NO_TEMPLATE;
        sequenceLast = 0;
        lastToken = 0;
        crc = 0;
        fenceToken = 0;
        fenceClientId = 0;
        proof = 0;
        positionNeeded = 0;
        fenceOffsetNeeded = 0;
        isOvertaken = false;
    }
}
