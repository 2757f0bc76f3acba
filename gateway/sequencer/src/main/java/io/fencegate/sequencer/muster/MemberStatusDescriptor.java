package io.fencegate.sequencer.muster;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The message of a {@link MemberStatus}, little endian.
 *
 * <pre>
 *   0        4          8         12         16            24                 32
 *  +--------+----------+---------+----------+-------------+------------------+
 *  | format | memberId | members | standing | incarnation | candidateTermId  |
 *  +--------+----------+---------+----------+-------------+------------------+
 *   32      40    48          56               64
 *  +-------+-----+-----------+----------------+----------------+
 *  | start | end | committed | snapshotNewest | snapshotSecond |
 *  +-------+-----+-----------+----------------+----------------+
 *   72                        112                         152
 *  +-------------------------+---------------------------+
 *  | heard: 5 incarnations   | founders: 5 incarnations  |   of members that there are not: 0
 *  +-------------------------+---------------------------+
 * </pre>
 *
 * <p>Pure functions; any thread.
 */
final class MemberStatusDescriptor {
    /** Length of a message, in bytes. */
    static final int LENGTH = 152;

    private static final int FORMAT = 0x4647_0001;
    private static final int MEMBERS_MAX = 5;
    private static final int MEMBER_ID_OFFSET = 4;
    private static final int MEMBERS_OFFSET = 8;
    private static final int STANDING_OFFSET = 12;
    private static final int INCARNATION_OFFSET = 16;
    private static final int CANDIDATE_TERM_OFFSET = 24;
    private static final int START_OFFSET = 32;
    private static final int END_OFFSET = 40;
    private static final int COMMITTED_OFFSET = 48;
    private static final int SNAPSHOT_NEWEST_OFFSET = 56;
    private static final int SNAPSHOT_SECOND_OFFSET = 64;
    private static final int HEARD_OFFSET = 72;
    private static final int FOUNDERS_OFFSET = 112;

    private MemberStatusDescriptor() {}

    static void encode(final MemberStatus status, final MutableDirectBuffer buffer) {
        buffer.setMemory(0, LENGTH, (byte) 0);
        putInt(buffer, 0, FORMAT);
        putInt(buffer, MEMBER_ID_OFFSET, status.memberId());
        putInt(buffer, MEMBERS_OFFSET, status.heard().size());
        putInt(buffer, STANDING_OFFSET, status.standing().code());
        putLong(buffer, INCARNATION_OFFSET, status.incarnation());
        putLong(buffer, CANDIDATE_TERM_OFFSET, status.candidateTermId());
        putLong(buffer, START_OFFSET, status.log().start());
        putLong(buffer, END_OFFSET, status.log().end());
        putLong(buffer, COMMITTED_OFFSET, status.log().committed());
        putLong(buffer, SNAPSHOT_NEWEST_OFFSET, status.log().snapshotNewest());
        putLong(buffer, SNAPSHOT_SECOND_OFFSET, status.log().snapshotSecond());
        putAll(buffer, HEARD_OFFSET, status.heard());
        putAll(buffer, FOUNDERS_OFFSET, status.founders());
    }

    /**
     * Reads a message that anybody may have sent.
     *
     * @param members of this cluster
     * @return the status, or null if it is none of a member of a cluster of this size
     */
    static MemberStatus decode(final DirectBuffer buffer, final int offset, final int length, final int members) {
        if (length != LENGTH
                || getInt(buffer, offset) != FORMAT
                || getInt(buffer, offset + MEMBERS_OFFSET) != members) {
            return null;
        }
        final int memberId = getInt(buffer, offset + MEMBER_ID_OFFSET);
        final Standing standing = Standing.ofCode(getInt(buffer, offset + STANDING_OFFSET));
        if (memberId < 0 || memberId >= members || standing == null) {
            return null;
        }
        return new MemberStatus(
                memberId,
                standing,
                getLong(buffer, offset + INCARNATION_OFFSET),
                getAll(buffer, offset + HEARD_OFFSET, members),
                getAll(buffer, offset + FOUNDERS_OFFSET, members),
                getLong(buffer, offset + CANDIDATE_TERM_OFFSET),
                new LogExtent(
                        getLong(buffer, offset + START_OFFSET),
                        getLong(buffer, offset + END_OFFSET),
                        getLong(buffer, offset + COMMITTED_OFFSET),
                        getLong(buffer, offset + SNAPSHOT_NEWEST_OFFSET),
                        getLong(buffer, offset + SNAPSHOT_SECOND_OFFSET)));
    }

    private static void putAll(final MutableDirectBuffer buffer, final int offset, final List<Long> incarnations) {
        for (int i = 0; i < Math.min(MEMBERS_MAX, incarnations.size()); i++) {
            putLong(buffer, offset + i * Long.BYTES, incarnations.get(i));
        }
    }

    private static List<Long> getAll(final DirectBuffer buffer, final int offset, final int members) {
        final List<Long> incarnations = new ArrayList<>(members);
        for (int i = 0; i < members; i++) {
            incarnations.add(getLong(buffer, offset + i * Long.BYTES));
        }
        return incarnations;
    }

    private static void putInt(final MutableDirectBuffer buffer, final int offset, final int value) {
        buffer.putInt(offset, value, ByteOrder.LITTLE_ENDIAN);
    }

    private static void putLong(final MutableDirectBuffer buffer, final int offset, final long value) {
        buffer.putLong(offset, value, ByteOrder.LITTLE_ENDIAN);
    }

    private static int getInt(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
    }

    private static long getLong(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
    }
}
