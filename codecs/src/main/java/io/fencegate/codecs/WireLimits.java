package io.fencegate.codecs;

import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.PayloadEncodingDecoder;
import io.fencegate.codecs.wire.WriteEncoder;

/**
 * The limits of every message, and the relations between them, checked when the class is loaded.
 *
 * <p>Constants; any thread.
 */
public final class WireLimits {
    /** Version of the wire schema that this build speaks. */
    public static final int PROTOCOL_VERSION = WriteEncoder.SCHEMA_VERSION;

    /** Shortest name of a resource, in bytes. */
    public static final int NAME_LENGTH_MIN = 1;

    /** Longest name of a resource, in bytes. */
    public static final int NAME_LENGTH_MAX = 128;

    /** Length of the header of every message, in bytes. */
    public static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

    /** Length of a write without its payload, in bytes: header, block, length of the payload. */
    public static final int WRITE_FIXED_LENGTH =
            HEADER_LENGTH + WriteEncoder.BLOCK_LENGTH + PayloadEncodingDecoder.varDataEncodingOffset();

    /** Longest payload that any gateway takes, in bytes. */
    public static final int PAYLOAD_LENGTH_MAX = 64 * 1024;

    /** Longest message, in bytes: the longest payload and room for the longest fixed part. */
    public static final int MESSAGE_LENGTH_MAX = PAYLOAD_LENGTH_MAX + 256;

    /** Longest message to or from the sequencer, in bytes: one fragment of Aeron Cluster at an MTU of 1408. */
    public static final int SEQUENCER_MESSAGE_LENGTH_MAX = 1344;

    /** Length of a cache line, in bytes. */
    public static final int CACHE_LINE_LENGTH = 64;

    static {
        check(WRITE_FIXED_LENGTH <= CACHE_LINE_LENGTH, "a write's fixed part fits one cache line");
        check(NAME_LENGTH_MAX < PAYLOAD_LENGTH_MAX, "a name is shorter than a message");
        check(HEADER_LENGTH + 128 + 2 * NAME_LENGTH_MAX <= SEQUENCER_MESSAGE_LENGTH_MAX, "a command is one fragment");
        check(WRITE_FIXED_LENGTH + PAYLOAD_LENGTH_MAX <= MESSAGE_LENGTH_MAX, "the longest write is a message");
    }

    private WireLimits() {}

    private static void check(final boolean holds, final String relation) {
        if (!holds) {
            throw new ExceptionInInitializerError("limits contradict each other: " + relation);
        }
    }
}
