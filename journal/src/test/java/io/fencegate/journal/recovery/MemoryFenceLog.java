package io.fencegate.journal.recovery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A fence log of plain values in memory: every entry is 100 bytes long. */
final class MemoryFenceLog implements EntrySource {
    static final long BEGIN = 1000;
    private static final long LENGTH = 100;

    /** One entry in memory. */
    static final class Entry {
        long fileOffset;
        long syncedOffset;
        long generation;
        int handle;
        long token;
        long clientId;
        String name;
        boolean flipped;
    }

    final List<Entry> entries = new ArrayList<>();
    long syncedOffset = BEGIN;
    private int next;

    Entry append() {
        final Entry entry = new Entry();
        entry.fileOffset = BEGIN + entries.size() * LENGTH;
        entry.syncedOffset = syncedOffset;
        entries.add(entry);
        return entry;
    }

    MemoryFenceLog generation(final long generation) {
        append().generation = generation;
        return this;
    }

    MemoryFenceLog fence(final int handle, final String name, final long token) {
        final Entry entry = append();
        entry.handle = handle;
        entry.name = name;
        entry.token = token;
        entry.clientId = token + 1;
        return this;
    }

    MemoryFenceLog synced() {
        syncedOffset = BEGIN + entries.size() * LENGTH;
        return this;
    }

    FenceLogReplay replay() {
        next = 0;
        return FenceLogReplay.read(this, BEGIN);
    }

    @Override
    public String file() {
        return "memory/fence.log";
    }

    @Override
    public long syncedOffset() {
        return syncedOffset;
    }

    @Override
    public boolean next(final EntryView view) {
        if (next == entries.size()) {
            return false;
        }
        final long found = BEGIN + next * LENGTH;
        final Entry entry = entries.get(next++);
        if (entry.flipped) {
            view.defect(found, "flipped");
            return true;
        }
        view.found(found, found + LENGTH, entry.fileOffset, entry.syncedOffset);
        if (entry.generation > 0) {
            view.generation(entry.generation);
        } else {
            final byte[] bytes = entry.name.getBytes(StandardCharsets.UTF_8);
            view.fence(entry.handle, entry.token, entry.clientId, 0, new UnsafeBuffer(bytes), 0, bytes.length);
        }
        return true;
    }
}
