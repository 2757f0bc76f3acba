package io.fencegate.core.fence;

/**
 * The hot part of a resource: all that the check of a write reads, in one cache line of its own, so that a write costs
 * one cache miss however many resources there are. Slots stand in the order of their handles, each at an address
 * divisible by its length. What only an open needs stands beside, see {@link FenceArena}.
 *
 * <pre>
 *    0                              8
 *   +------------------------------+------------------------------+
 *  0|            token             |            owner             |  the fence; 0 where no session owns it
 *   +------------------------------+------------------------------+
 * 16|          lastToken           |         lastSequence         |  the last accepted record,
 *   +------------------------------+------------------------------+
 * 32|         lastPosition         |         lastLocator          |  all 0 where there is none
 *   +------------------------------+---------------+--------------+
 * 48|        lastGeneration        |lastPayloadCrc |  runningCrc  |
 *   +------------------------------+---------------+--------------+
 * </pre>
 *
 * <p>Constants; any thread.
 */
final class FenceSlotDescriptor {
    /** Fence: the highest token seen, positive. */
    static final int TOKEN_OFFSET = 0;

    /** Session that owns the resource, or {@link FenceTable#NO_SESSION}. */
    static final int OWNER_OFFSET = TOKEN_OFFSET + Long.BYTES;

    /** Token of the last accepted record. */
    static final int LAST_TOKEN_OFFSET = OWNER_OFFSET + Long.BYTES;

    /** Sequence of the last accepted record. */
    static final int LAST_SEQUENCE_OFFSET = LAST_TOKEN_OFFSET + Long.BYTES;

    /** Position of the last accepted record. */
    static final int LAST_POSITION_OFFSET = LAST_SEQUENCE_OFFSET + Long.BYTES;

    /** Locator of the last accepted record. */
    static final int LAST_LOCATOR_OFFSET = LAST_POSITION_OFFSET + Long.BYTES;

    /** Generation of the last accepted record. */
    static final int LAST_GENERATION_OFFSET = LAST_LOCATOR_OFFSET + Long.BYTES;

    /** Payload CRC of the last accepted record. */
    static final int LAST_PAYLOAD_CRC_OFFSET = LAST_GENERATION_OFFSET + Long.BYTES;

    /** CRC over the payload CRCs of the fence's token. */
    static final int RUNNING_CRC_OFFSET = LAST_PAYLOAD_CRC_OFFSET + Integer.BYTES;

    /** Length of a slot, in bytes: one cache line. */
    static final int SLOT_LENGTH = RUNNING_CRC_OFFSET + Integer.BYTES;

    /** Shift that turns a handle into the offset of its slot. */
    static final int SLOT_SHIFT = 6;

    static {
        if (SLOT_LENGTH != 1 << SLOT_SHIFT) {
            throw new ExceptionInInitializerError("a slot is one cache line: length=" + SLOT_LENGTH);
        }
    }

    private FenceSlotDescriptor() {}
}
