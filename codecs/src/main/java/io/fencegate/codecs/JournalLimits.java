package io.fencegate.codecs;

import io.fencegate.codecs.journal.EntryHeadDecoder;
import io.fencegate.codecs.journal.FenceEntryEncoder;
import io.fencegate.codecs.journal.MessageHeaderDecoder;
import io.fencegate.codecs.journal.NameEncodingDecoder;
import io.fencegate.codecs.journal.PayloadEncodingDecoder;
import io.fencegate.codecs.journal.RecordHeadDecoder;
import io.fencegate.codecs.journal.RequestRefusedEncoder;
import io.fencegate.codecs.journal.WriteAcceptedEncoder;

/**
 * The lengths of what the journal keeps, and the relations between them, checked when the class is loaded.
 *
 * <p>Constants; any thread.
 */
public final class JournalLimits {
    /** Version of the directory's format that this build writes, and the newest that it reads. */
    public static final int FORMAT_VERSION = 1;

    /** Length of the header of every message, in bytes: the block begins behind it. */
    public static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

    /** Offset of the first byte that a message's checksum covers, in bytes. */
    public static final int CHECKED_OFFSET = MessageHeaderDecoder.lengthEncodingOffset();

    /** Length of an accepted write without its payload, in bytes. */
    public static final int ACCEPTED_FIXED_LENGTH =
            HEADER_LENGTH + WriteAcceptedEncoder.BLOCK_LENGTH + PayloadEncodingDecoder.varDataEncodingOffset();

    /** Shortest record, in bytes. */
    public static final int RECORD_LENGTH_MIN = HEADER_LENGTH + RecordHeadDecoder.ENCODED_LENGTH;

    /** Longest record, in bytes: an accepted write with the longest payload. */
    public static final int RECORD_LENGTH_MAX = ACCEPTED_FIXED_LENGTH + WireLimits.PAYLOAD_LENGTH_MAX;

    /** Shortest entry of the fence log, in bytes. */
    public static final int ENTRY_LENGTH_MIN = HEADER_LENGTH + EntryHeadDecoder.ENCODED_LENGTH;

    /** Longest entry of the fence log, in bytes: a fence with the longest name. */
    public static final int ENTRY_LENGTH_MAX = HEADER_LENGTH
            + FenceEntryEncoder.BLOCK_LENGTH
            + NameEncodingDecoder.varDataEncodingOffset()
            + WireLimits.NAME_LENGTH_MAX;

    /** Entries of the fence log begin on multiples of this, in bytes. */
    public static final int ENTRY_ALIGNMENT = 8;

    static {
        check(RecordHeadDecoder.ENCODED_LENGTH % Long.BYTES == 0, "fields behind the record's head are aligned");
        check(EntryHeadDecoder.ENCODED_LENGTH % Long.BYTES == 0, "fields behind the entry's head are aligned");
        check(HEADER_LENGTH % Long.BYTES == 0, "blocks are aligned");
        check(
                HEADER_LENGTH + WriteAcceptedEncoder.payloadCrcEncodingOffset() == WireLimits.CACHE_LINE_LENGTH,
                "an accepted write's identity fits one cache line");
        check(
                HEADER_LENGTH + RequestRefusedEncoder.BLOCK_LENGTH + WireLimits.NAME_LENGTH_MAX < RECORD_LENGTH_MAX,
                "the longest refusal is a record");
    }

    private JournalLimits() {}

    private static void check(final boolean holds, final String relation) {
        if (!holds) {
            throw new ExceptionInInitializerError("limits contradict each other: " + relation);
        }
    }
}
