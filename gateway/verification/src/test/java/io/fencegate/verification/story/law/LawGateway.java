package io.fencegate.verification.story.law;

import io.fencegate.core.fence.FenceTable;
import io.fencegate.core.fence.OffHeapFenceTable;
import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.RecordRef;
import io.fencegate.core.fence.WriteRequest;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.Sealer;
import io.fencegate.core.grant.Verdict;
import io.fencegate.verification.story.Call;
import io.fencegate.verification.story.Journaled;
import io.fencegate.verification.story.Told;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** The shipped fence table with a journal that is a list: decide, journal, remember. One thread. */
final class LawGateway implements AutoCloseable {
    private static final int RESOURCES = 8;
    private static final int NAME_BYTES = 256;
    private static final int PAYLOAD = 64;

    private final Sealer sealer;
    private final List<Journaled> journal = new ArrayList<>();
    private final OpenRequest open = new OpenRequest();
    private final WriteRequest write = new WriteRequest();
    private final RecordRef record = new RecordRef();
    private final PayloadCrc crc = new PayloadCrc();
    private FenceTable table = new OffHeapFenceTable(RESOURCES, NAME_BYTES, PAYLOAD, 1);
    private long generation = 1;
    private boolean isUp = true;

    LawGateway(final Sealer sealer) {
        this.sealer = sealer;
    }

    boolean isUp() {
        return isUp;
    }

    long generation() {
        return generation;
    }

    List<Journaled> journal() {
        return journal;
    }

    Told open(final Grant grant, final long session) {
        name(grant.resource()).grant(grant.token(), grant.clientId(), grant.seal());
        final boolean isSealed = sealer.verifies(
                grant.seal(), grant.token(), grant.clientId(), open.nameBuffer(), open.nameOffset(), open.nameLength());
        final Verdict verdict = table.checkOpen(open, isSealed, true);
        int handle = table.find(open);
        if (verdict != Verdict.OPENED) {
            final boolean tellsFence = verdict == Verdict.STALE_TOKEN || verdict == Verdict.NOT_OWNER;
            return tellsFence ? fenced(verdict, handle) : Told.of(verdict);
        }
        if (handle != FenceTable.NO_HANDLE && table.token(handle) == grant.token()) {
            table.suspend(handle);
        } else {
            handle = table.raise(open);
            journal.add(new Journaled(
                    grant.resource(), grant.token(), grant.clientId(), 0, "", generation, journal.size() + 1L));
        }
        final Verdict answer = table.opened(handle, grant.token(), grant.clientId(), session);
        table.lastRecord(handle, record);
        return Told.of(answer)
                .fact("sequence", table.sequenceLast(handle))
                .token("lastToken", table.lastToken(handle))
                .fact("lastSequence", table.lastSequence(handle))
                .record(record.generation(), record.position())
                .runningCrc(table.runningCrc(handle));
    }

    Told write(final Call call, final long session) {
        final byte[] payload = call.payload().getBytes(StandardCharsets.UTF_8);
        final UnsafeBuffer bytes = new UnsafeBuffer(payload);
        final int payloadCrc = crc.compute(bytes, 0, payload.length);
        final int handle = table.find(name(call.resource()));
        write.header(handle, call.token(), call.sequence(), payloadCrc).payload(bytes, 0, payload.length);
        final Verdict verdict = table.checkWrite(session, write, true);
        switch (verdict) {
            case ACCEPTED -> {
                final Journaled accepted = new Journaled(
                        call.resource(),
                        call.token(),
                        0,
                        call.sequence(),
                        call.payload(),
                        generation,
                        journal.size() + 1L);
                journal.add(accepted);
                remember(handle, accepted);
                return Told.of(verdict).record(generation, accepted.position());
            }
            case DUPLICATE -> {
                table.lastRecord(handle, record);
                final boolean isLast = call.sequence() == table.sequenceLast(handle);
                return isLast ? Told.of(verdict).record(record.generation(), record.position()) : Told.of(verdict);
            }
            case SEQUENCE_GAP -> {
                return Told.of(verdict).fact("expected", table.sequenceLast(handle) + 1);
            }
            case STALE_TOKEN -> {
                return fenced(verdict, handle);
            }
            default -> {
                return Told.of(verdict);
            }
        }
    }

    Told read(final String resource) {
        final int handle = table.find(name(resource));
        if (handle == FenceTable.NO_HANDLE || table.lastToken(handle) == 0) {
            return Told.of(handle == FenceTable.NO_HANDLE ? Verdict.UNKNOWN_RESOURCE : Verdict.NO_RECORD);
        }
        table.lastRecord(handle, record);
        return Told.of(Verdict.FOUND)
                .token("token", table.lastToken(handle))
                .fact("sequence", table.lastSequence(handle))
                .fact("payload", journal.get((int) record.position() - 1).payload())
                .record(record.generation(), record.position());
    }

    void stop() {
        isUp = false;
    }

    /** All that it knows is its journal; no session is left. */
    void start() {
        isUp = true;
        generation++;
        table.close();
        table = new OffHeapFenceTable(RESOURCES, NAME_BYTES, PAYLOAD, 1);
        for (final Journaled entry : journal) {
            name(entry.resource()).grant(entry.token(), entry.clientId(), 0);
            if (entry.isWrite()) {
                remember(table.find(open), entry);
            } else {
                table.raise(open);
            }
        }
    }

    @Override
    public void close() {
        table.close();
    }

    private void remember(final int handle, final Journaled accepted) {
        final byte[] payload = accepted.payload().getBytes(StandardCharsets.UTF_8);
        record.set(accepted.generation(), accepted.position(), accepted.position());
        table.accepted(
                handle,
                accepted.token(),
                accepted.sequence(),
                crc.compute(new UnsafeBuffer(payload), 0, payload.length),
                record);
    }

    private Told fenced(final Verdict verdict, final int handle) {
        return Told.of(verdict).token("fence", table.token(handle)).client("fenceHolder", table.clientId(handle));
    }

    private OpenRequest name(final String resource) {
        final byte[] bytes = resource.getBytes(StandardCharsets.UTF_8);
        return open.name(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
