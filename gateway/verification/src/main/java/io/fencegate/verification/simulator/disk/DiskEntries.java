package io.fencegate.verification.simulator.disk;

import io.fencegate.journal.recovery.EntrySource;
import io.fencegate.journal.recovery.EntryView;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Gives the fence log's entries to recovery, as they are found on the simulated disk. One thread. */
final class DiskEntries implements EntrySource {
    private final SimulatedDisk disk;
    private int next;

    DiskEntries(final SimulatedDisk disk) {
        this.disk = disk;
    }

    @Override
    public String file() {
        return "simulated/fence.log";
    }

    @Override
    public long syncedOffset() {
        return disk.slotOffset;
    }

    @Override
    public boolean next(final EntryView view) {
        final int index = next++;
        final long found = SimulatedDisk.offsetBehind(index);
        if (disk.isTorn(index)) {
            view.defect(found, "torn");
            return true;
        }
        if (index >= disk.entries.size()) {
            return false;
        }
        final DiskEntry entry = disk.entries.get(index);
        view.found(found, SimulatedDisk.offsetBehind(index + 1), found, entry.syncedOffset());
        if (entry.generation() > 0) {
            view.generation(entry.generation());
        } else {
            final byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
            view.fence(
                    entry.handle(),
                    entry.token(),
                    entry.clientId(),
                    entry.seal(),
                    new UnsafeBuffer(name),
                    0,
                    name.length);
        }
        return true;
    }
}
