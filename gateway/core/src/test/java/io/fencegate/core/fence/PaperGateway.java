package io.fencegate.core.fence;

import static io.fencegate.core.grant.Verdict.ACCEPTED;
import static io.fencegate.core.grant.Verdict.OPENED;

import io.fencegate.core.grant.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The smallest gateway that keeps the order which {@link FenceTable} asks for: decide, journal, remember. Its journal is
 * a list, from which {@link #restart} builds a new table.
 */
final class PaperGateway implements AutoCloseable {
    private record Grant(String name, long token, long clientId) {}

    private record Accepted(int handle, long token, long sequence, int payloadCrc, long generation, long position) {}

    private final FenceTableFactory factory;
    private final int capacity;
    private final int nameBytesMax;
    private final int payloadLengthMax;
    private final List<Object> journal = new ArrayList<>();
    private final OpenRequest open = new OpenRequest();
    private final WriteRequest write = new WriteRequest();
    private final RecordRef record = new RecordRef();
    private FenceTable table;
    private boolean sealVerified = true;
    private boolean room = true;
    private long generation = 1;

    PaperGateway(
            final FenceTableFactory factory, final int capacity, final int nameBytesMax, final int payloadLengthMax) {
        this.factory = factory;
        this.capacity = capacity;
        this.nameBytesMax = nameBytesMax;
        this.payloadLengthMax = payloadLengthMax;
        table = factory.create(capacity, nameBytesMax, payloadLengthMax);
    }

    FenceTable table() {
        return table;
    }

    void sealVerified(final boolean sealVerified) {
        this.sealVerified = sealVerified;
    }

    void room(final boolean room) {
        this.room = room;
    }

    int handle(final String name) {
        return table.find(request(name, 0, 0));
    }

    /** Decides an open and raises or suspends; the fence is not on disk yet, and the open not answered. */
    Verdict ask(final String name, final long token, final long clientId) {
        final Verdict verdict = table.checkOpen(request(name, token, clientId), sealVerified, room);
        if (verdict == OPENED) {
            final int handle = table.find(open);
            if (handle != FenceTable.NO_HANDLE && table.token(handle) == token) {
                table.suspend(handle);
            } else {
                table.raise(open);
                journal.add(new Grant(name, token, clientId));
            }
        }
        return verdict;
    }

    /** The fence of an open that was asked for is on disk: answers it. */
    Verdict answer(final String name, final long token, final long clientId, final long session) {
        return table.opened(handle(name), token, clientId, session);
    }

    Verdict open(final String name, final long token, final long clientId, final long session) {
        final Verdict verdict = ask(name, token, clientId);
        return verdict == OPENED ? answer(name, token, clientId, session) : verdict;
    }

    Verdict write(final String name, final long token, final long sequence, final long session, final String payload) {
        return write(handle(name), token, sequence, session, payload, crc(payload));
    }

    Verdict write(
            final int handle,
            final long token,
            final long sequence,
            final long session,
            final String payload,
            final int payloadCrc) {
        final byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        write.header(handle, token, sequence, payloadCrc).payload(new UnsafeBuffer(bytes), 0, bytes.length);
        final Verdict verdict = table.checkWrite(session, write, room);
        if (verdict == ACCEPTED) {
            final long position = journal.size() + 1L;
            journal.add(new Accepted(handle, token, sequence, payloadCrc, generation, position));
            table.accepted(handle, token, sequence, payloadCrc, record.set(generation, position, locator(position)));
        }
        return verdict;
    }

    void leave(final String name, final long session) {
        table.disown(handle(name), session);
    }

    /** The gateway is killed and started again: all that it knows is its journal. */
    void restart() {
        table.close();
        table = factory.create(capacity, nameBytesMax, payloadLengthMax);
        generation++;
        for (final Object entry : journal) {
            if (entry instanceof Grant grant) {
                table.raise(request(grant.name, grant.token, grant.clientId));
            } else if (entry instanceof Accepted accepted) {
                record.set(accepted.generation, accepted.position, locator(accepted.position));
                table.accepted(accepted.handle, accepted.token, accepted.sequence, accepted.payloadCrc, record);
            }
        }
    }

    @Override
    public void close() {
        table.close();
    }

    static int crc(final String payload) {
        final CRC32C crc = new CRC32C();
        crc.update(payload.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    static long locator(final long position) {
        return 1000 + position;
    }

    private OpenRequest request(final String name, final long token, final long clientId) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return open.name(new UnsafeBuffer(bytes), 0, bytes.length).grant(token, clientId, ~token);
    }
}
