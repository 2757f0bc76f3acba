package io.fencegate.journal.recovery;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One entry of the fence log as it was read, as plain values. The name's bytes are borrowed: valid until the view is
 * filled again.
 *
 * <p>Mutable and reused; one thread.
 */
public final class EntryView {
    /** What an entry tells. */
    public enum Kind {
        /** Nothing that could be read: {@link EntryView#defect()} says why. */
        DEFECT,
        /** A fence. */
        FENCE,
        /** A generation began. */
        GENERATION
    }

    private final UnsafeBuffer name = new UnsafeBuffer(0, 0);
    private Kind kind = Kind.DEFECT;
    private String defect;
    private long foundOffset;
    private long endOffset;
    private long fileOffset;
    private long syncedOffset;
    private int handle;
    private long token;
    private long clientId;
    private long seal;
    private long generation;

    /**
     * Fills this view with something that is no intact entry.
     *
     * @param foundOffset where it stands
     * @param reason in words
     * @return this
     */
    public EntryView defect(final long foundOffset, final String reason) {
        kind = Kind.DEFECT;
        defect = reason;
        this.foundOffset = foundOffset;
        return this;
    }

    /**
     * Fills in where an entry with the right checksum was found.
     *
     * @param foundOffset where it stands
     * @param endOffset where the next one begins
     * @param fileOffset where it says that it stands
     * @param syncedOffset known when it was appended
     * @return this
     */
    public EntryView found(
            final long foundOffset, final long endOffset, final long fileOffset, final long syncedOffset) {
        this.foundOffset = foundOffset;
        this.endOffset = endOffset;
        this.fileOffset = fileOffset;
        this.syncedOffset = syncedOffset;
        return this;
    }

    /**
     * Fills in a fence.
     *
     * @param handle of the resource
     * @param token of the fence
     * @param clientId of the grant
     * @param seal of the grant
     * @param buffer that holds the name
     * @param offset of its first byte
     * @param length in bytes
     * @return this
     */
    public EntryView fence(
            final int handle,
            final long token,
            final long clientId,
            final long seal,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        kind = Kind.FENCE;
        this.handle = handle;
        this.token = token;
        this.clientId = clientId;
        this.seal = seal;
        name.wrap(buffer, offset, length);
        return this;
    }

    /**
     * Fills in a generation.
     *
     * @param generation that began
     * @return this
     */
    public EntryView generation(final long generation) {
        kind = Kind.GENERATION;
        this.generation = generation;
        return this;
    }

    /** What this entry tells. @return the kind */
    public Kind kind() {
        return kind;
    }

    /** Why this is no entry. @return in words */
    public String defect() {
        return defect;
    }

    /** Where it was found. @return offset in the file, in bytes */
    public long foundOffset() {
        return foundOffset;
    }

    /** Where the next one begins. @return offset in the file, in bytes */
    public long endOffset() {
        return endOffset;
    }

    /** Where it says that it stands. @return offset in the file, in bytes */
    public long fileOffset() {
        return fileOffset;
    }

    /** Synced offset known when it was appended. @return offset in the file, in bytes */
    public long syncedOffset() {
        return syncedOffset;
    }

    /** Handle of the resource. @return from 0 */
    public int handle() {
        return handle;
    }

    /** Token of the fence. @return the token */
    public long token() {
        return token;
    }

    /** Client of the fence's grant. @return the clientId */
    public long clientId() {
        return clientId;
    }

    /** Seal of the fence's grant. @return the seal, 0 without a key */
    public long seal() {
        return seal;
    }

    /** Name of the resource. @return a borrowed view of exactly its bytes */
    public DirectBuffer name() {
        return name;
    }

    /** Generation that began. @return its number */
    public long generation() {
        return generation;
    }
}
