package io.fencegate.verification.simulator.disk;

import io.fencegate.journal.recovery.RecordView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** One record of the journal, with a real checksum over its fields. Damage is done to it in place. One thread. */
final class DiskRecord {
    private static final int FIELDS_LENGTH = 128;

    final RecordView.Kind kind;
    final long generation;
    final long position;
    final long syncedPosition;
    final int previousCrc;
    int handle = RecordView.NO_HANDLE;
    long token;
    long sequence;
    long clientId;
    long seal;
    int payloadCrc;
    int verdictCode;
    long journalId;
    String name = "";
    int crc;
    boolean isTorn;
    boolean isGone;

    DiskRecord(
            final RecordView.Kind kind,
            final long generation,
            final long position,
            final long syncedPosition,
            final int previousCrc) {
        this.kind = kind;
        this.generation = generation;
        this.position = position;
        this.syncedPosition = syncedPosition;
        this.previousCrc = previousCrc;
    }

    /** All fields are set: binds them. */
    DiskRecord sealed() {
        crc = compute();
        return this;
    }

    private int compute() {
        final ByteBuffer fields = ByteBuffer.allocate(FIELDS_LENGTH)
                .putInt(kind.ordinal())
                .putLong(generation)
                .putLong(position)
                .putLong(syncedPosition)
                .putInt(previousCrc)
                .putInt(handle)
                .putLong(token)
                .putLong(sequence)
                .putLong(clientId)
                .putLong(seal)
                .putInt(payloadCrc)
                .putInt(verdictCode)
                .putLong(journalId);
        final CRC32C checksum = new CRC32C();
        checksum.update(fields.flip());
        checksum.update(name.getBytes(StandardCharsets.UTF_8));
        return (int) checksum.getValue();
    }

    void fill(final RecordView view) {
        if (isTorn) {
            view.clear(kind).found(generation, position);
            view.position(position, syncedPosition).chain(previousCrc, crc, ~crc);
            return;
        }
        view.clear(kind)
                .found(generation, position)
                .position(position, syncedPosition)
                .chain(previousCrc, crc, compute())
                .handle(handle)
                .grant(token, clientId, seal)
                .write(sequence, payloadCrc)
                .started(kind == RecordView.Kind.GENERATION_STARTED ? generation : 0, journalId);
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        view.bytes(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
