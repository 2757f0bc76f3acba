package io.fencegate.journal.recovery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A journal of plain values in memory, for the rules alone: records can be flipped, removed, swapped, hidden behind a
 * hole. CRCs are stand-ins: a record's CRC is any number, and a flipped one computes to another.
 */
final class MemoryJournal implements RecordSource {
    static final long JOURNAL_ID = 4711;

    /** One record in memory. */
    static final class Rec {
        RecordView.Kind kind = RecordView.Kind.WRITE_ACCEPTED;
        long position;
        long syncedPosition;
        int previousCrc;
        int crc;
        boolean flipped;
        boolean unreadable;
        long generationStarted;
        long journalId = JOURNAL_ID;
        int handle = RecordView.NO_HANDLE;
        long token;
        long sequence;
        long clientId;
        String name = "";

        void fill(final RecordView view, final long generation) {
            view.clear(kind)
                    .found(generation, position * 100)
                    .position(position, syncedPosition)
                    .chain(previousCrc, crc, flipped ? ~crc : crc)
                    .handle(handle)
                    .grant(token, clientId, 0)
                    .write(sequence, 0)
                    .started(generationStarted, journalId);
            final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            view.bytes(new UnsafeBuffer(bytes), 0, bytes.length);
        }
    }

    final Map<Long, List<Rec>> generations = new TreeMap<>();
    /** Records from this index on stand behind a hole of their generation. */
    final Map<Long, Integer> holes = new TreeMap<>();

    long syncedPosition;
    private final List<Long> order = new ArrayList<>();
    private long generation;
    private long position;
    private int crc;
    private int generationIndex = -1;
    private int recordIndex;

    Rec append(final RecordView.Kind kind) {
        final Rec rec = new Rec();
        rec.kind = kind;
        rec.position = ++position;
        rec.syncedPosition = Math.min(syncedPosition, position - 1);
        rec.previousCrc = crc;
        crc = (int) (position * 0x9E3779B9L) ^ (int) generation;
        rec.crc = crc;
        generations.get(generation).add(rec);
        return rec;
    }

    /** Starts a generation as a gateway does: on a journal that was synced. */
    MemoryJournal start(final long newGeneration) {
        generation = newGeneration;
        generations.put(generation, new ArrayList<>());
        syncedPosition = position;
        append(RecordView.Kind.GENERATION_STARTED).generationStarted = generation;
        return this;
    }

    MemoryJournal fence(final int handle, final String name, final long token) {
        final Rec rec = append(RecordView.Kind.FENCE_RAISED);
        rec.handle = handle;
        rec.name = name;
        rec.token = token;
        rec.clientId = token + 1;
        return this;
    }

    MemoryJournal write(final int handle, final long token, final long sequence) {
        final Rec rec = append(RecordView.Kind.WRITE_ACCEPTED);
        rec.handle = handle;
        rec.token = token;
        rec.sequence = sequence;
        return this;
    }

    MemoryJournal synced() {
        syncedPosition = position;
        return this;
    }

    /** Forgets everything above a position: what a cut does, or a restart after power loss. */
    MemoryJournal restartBehind(final long last, final long newGeneration) {
        final Rec rec = at(last);
        position = rec.position;
        crc = rec.crc;
        return start(newGeneration);
    }

    Rec at(final long searched) {
        return generations.values().stream()
                .flatMap(List::stream)
                .filter(rec -> rec.position == searched)
                .findFirst()
                .orElseThrow();
    }

    MemoryJournal hole(final long searchedGeneration, final int fromIndex) {
        holes.put(searchedGeneration, fromIndex);
        return this;
    }

    @Override
    public boolean nextGeneration() {
        if (generationIndex < 0) {
            order.addAll(generations.keySet());
        }
        recordIndex = 0;
        return ++generationIndex < order.size();
    }

    @Override
    public long generation() {
        return order.get(generationIndex);
    }

    @Override
    public String file() {
        return "memory/gen-" + (generationIndex < order.size() ? generation() : order.get(order.size() - 1));
    }

    @Override
    public boolean next(final RecordView record) {
        final List<Rec> recs = generations.get(generation());
        if (recordIndex >= Math.min(recs.size(), holes.getOrDefault(generation(), recs.size()))) {
            return false;
        }
        final Rec rec = recs.get(recordIndex++);
        if (rec.unreadable) {
            record.defect("unreadable");
        } else {
            rec.fill(record, generation());
        }
        return true;
    }

    @Override
    public void salvage(final long searched, final RecordHandler handler) {
        final RecordView view = new RecordView();
        for (final Rec rec : generations.getOrDefault(searched, List.of())) {
            if (!rec.flipped && !rec.unreadable) {
                rec.fill(view, searched);
                handler.onRecord(view);
            }
        }
    }
}
