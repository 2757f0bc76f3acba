package io.fencegate.sequencer.muster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a directory and a message say of a member. */
class MembershipTest {
    private static final List<Long> FOUNDERS = List.of(-1L, Long.MAX_VALUE, 3L);

    @TempDir
    private Path directory;

    @Test
    void whatIsWrittenIsRead() {
        final Path folder = directory.resolve("cluster");
        assertNull(Membership.read(folder));
        final Membership fresh = Membership.fresh(2, 3);
        assertNotEquals(fresh.incarnation(), Membership.fresh(2, 3).incarnation());

        fresh.write(folder);
        assertEquals(fresh, Membership.read(folder));
        final Membership member = fresh.with(Standing.MEMBER, FOUNDERS);
        member.write(folder);
        assertEquals(member, Membership.read(folder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "format=2\nmemberId=0\nmembers=1\nstanding=MEMBER\nincarnation=1\nfounders=1\n",
                "format=1\nmemberId=0\nmembers=1\nstanding=MEMBER\nincarnation=1\n",
                "format=1\nmemberId=0\nmembers=1\nstanding=BOSS\nincarnation=1\nfounders=1\n",
                "format=1\nmemberId=0\nmembers=3\nstanding=MEMBER\nincarnation=1\nfounders=1\n",
                "format=1\nmemberId=1\nmembers=1\nstanding=MEMBER\nincarnation=1\nfounders=1\n",
                "format=1\nmemberId=0\nmembers=1\nstanding=MEMBER\nincarnation=0\nfounders=1\n"
            })
    void aDamagedFileIsRefused(final String text) throws IOException {
        Files.writeString(directory.resolve(Membership.FILE_NAME), text);

        assertThrows(IllegalArgumentException.class, () -> Membership.read(directory));
    }

    @Test
    void aStatusIsReadAsItWasSent() {
        final MemberStatus status = new MemberStatus(
                1, Standing.MEMBER, 11, List.of(1L, 11L, 0L), FOUNDERS, 7, new LogExtent(1, 2, 3, 4, LogExtent.NONE));
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MemberStatusDescriptor.LENGTH + 8]);
        final UnsafeBuffer message = new UnsafeBuffer(buffer, 8, MemberStatusDescriptor.LENGTH);
        MemberStatusDescriptor.encode(status, message);

        assertEquals(status, decode(buffer, 3));
    }

    @Test
    void whatIsNoStatusOfThisClusterIsRefused() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MemberStatusDescriptor.LENGTH + 8]);
        final UnsafeBuffer message = new UnsafeBuffer(buffer, 8, MemberStatusDescriptor.LENGTH);
        assertNull(decode(buffer, 3));
        final MemberStatus status = new MemberStatus(1, Standing.EMPTY, 1, FOUNDERS, FOUNDERS, 7, LogExtent.NOTHING);
        MemberStatusDescriptor.encode(status, message);
        assertEquals(status, decode(buffer, 3));
        assertNull(decode(buffer, 5));
        assertNull(MemberStatusDescriptor.decode(buffer, 8, MemberStatusDescriptor.LENGTH - 1, 3));
        message.putInt(4, 3);
        assertNull(decode(buffer, 3));
        message.putInt(4, -1);
        assertNull(decode(buffer, 3));
        message.putInt(4, 2);
        message.putInt(12, 9);
        assertNull(decode(buffer, 3));
    }

    private static MemberStatus decode(final UnsafeBuffer buffer, final int members) {
        return MemberStatusDescriptor.decode(buffer, 8, MemberStatusDescriptor.LENGTH, members);
    }
}
