package io.fencegate.journal;

import io.fencegate.journal.recovery.RecoveryHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.checksum.Crc32c;
import org.agrona.concurrent.UnsafeBuffer;

/** What tests need around a journal: small files, readable appends, and a memory of what recovery told. */
final class JournalRig implements RecoveryHandler {
    private static final int SCRATCH_LENGTH = 64 << 10;

    final List<String> told = new ArrayList<>();
    final Map<Long, Long> locatorByPosition = new HashMap<>();
    private final UnsafeBuffer scratch = new UnsafeBuffer(ByteBuffer.allocateDirect(SCRATCH_LENGTH));
    private final UnsafeBuffer nameBytes = new UnsafeBuffer(ByteBuffer.allocateDirect(256));

    static JournalConfig config(final Path directory) {
        return new JournalConfig(directory, 1 << 20, 0, 64 << 10);
    }

    static Journal open(final Path directory) {
        return Journal.open(config(directory), new JournalRig());
    }

    Journal openTold(final Path directory) {
        told.clear();
        return Journal.open(config(directory), this);
    }

    /** Raises a fence as a gateway does: in the journal and in the fence log; synced. */
    long raise(final Journal journal, final int handle, final String name, final long token) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        nameBytes.putBytes(0, bytes);
        final long position =
                journal.appender().appendFenceRaised(handle, token, token + 1, token + 2, nameBytes, 0, bytes.length);
        journal.fenceLog().append(handle, token, token + 1, token + 2, nameBytes, 0, bytes.length);
        journal.fenceLog().sync();
        return position;
    }

    /** Raises a fence only in the fence log, as power loss of the journal leaves it. */
    void raiseLogged(final Journal journal, final int handle, final String name, final long token) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        nameBytes.putBytes(0, bytes);
        journal.fenceLog().append(handle, token, token + 1, token + 2, nameBytes, 0, bytes.length);
        journal.fenceLog().sync();
    }

    long write(final Journal journal, final int handle, final long token, final long sequence, final String payload) {
        final byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        scratch.putBytes(0, bytes);
        final int crc = Crc32c.INSTANCE.compute(scratch.addressOffset(), 0, bytes.length);
        return journal.appender().appendAccepted(handle, token, sequence, crc, scratch, 0, bytes.length);
    }

    static String text(final DirectBuffer bytes) {
        return bytes.getStringWithoutLengthUtf8(0, bytes.capacity());
    }

    @Override
    public void onFence(
            final int handle,
            final long token,
            final long clientId,
            final long seal,
            final DirectBuffer nameBuffer,
            final int nameOffset,
            final int nameLength) {
        told.add("fence " + handle + " " + nameBuffer.getStringWithoutLengthUtf8(nameOffset, nameLength) + " token="
                + token);
    }

    @Override
    public void onAccepted(
            final int handle,
            final long token,
            final long sequence,
            final int payloadCrc,
            final long generation,
            final long position,
            final long locator) {
        locatorByPosition.put(position, locator);
        told.add(
                "write " + handle + " token=" + token + " sequence=" + sequence + " at " + generation + "/" + position);
    }
}
