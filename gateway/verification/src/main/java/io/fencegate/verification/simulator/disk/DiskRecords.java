package io.fencegate.verification.simulator.disk;

import io.fencegate.journal.recovery.RecordHandler;
import io.fencegate.journal.recovery.RecordSource;
import io.fencegate.journal.recovery.RecordView;
import java.util.ArrayList;
import java.util.List;

/** Gives the journal's records to recovery, as they are found on the simulated disk. One thread. */
final class DiskRecords implements RecordSource {
    private final SimulatedDisk disk;
    private final List<Long> order;
    private int index = -1;
    private int next;

    DiskRecords(final SimulatedDisk disk) {
        this.disk = disk;
        this.order = new ArrayList<>(disk.generations.keySet());
    }

    @Override
    public boolean nextGeneration() {
        next = 0;
        return ++index < order.size();
    }

    @Override
    public long generation() {
        return order.get(index);
    }

    @Override
    public String file() {
        return "simulated/generation-" + order.get(Math.min(index, order.size() - 1));
    }

    @Override
    public boolean next(final RecordView record) {
        final List<DiskRecord> records = disk.generations.get(generation());
        if (next >= records.size() || records.get(next).isGone) {
            return false;
        }
        records.get(next++).fill(record);
        return true;
    }

    @Override
    public void salvage(final long generation, final RecordHandler handler) {
        final RecordView view = new RecordView();
        for (final DiskRecord record : disk.generations.getOrDefault(generation, List.of())) {
            if (!record.isGone && !record.isTorn) {
                record.fill(view);
                handler.onRecord(view);
            }
        }
    }
}
