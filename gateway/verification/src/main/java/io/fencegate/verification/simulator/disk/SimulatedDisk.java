package io.fencegate.verification.simulator.disk;

import io.fencegate.verification.simulator.world.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The gateway's directory: what stands in the page cache, which a killed process leaves behind, and how much of it is on
 * the disk, which is all that a loss of power leaves for sure. Of what was not synced any part may be there or not, whole
 * or torn.
 *
 * <p>One thread.
 */
public final class SimulatedDisk {
    /** Where the first entry of the fence log stands. */
    static final long ENTRIES_OFFSET = 1000;

    /** Length of each entry. */
    static final long ENTRY_LENGTH = 100;

    final TreeMap<Long, List<DiskRecord>> generations = new TreeMap<>();
    List<DiskEntry> entries = new ArrayList<>();
    final long journalId;
    int entriesOnDisk;
    long slotOffset = ENTRIES_OFFSET;
    long slotOffsetOnDisk = ENTRIES_OFFSET;
    long slotPosition;
    long slotPositionOnDisk;
    long positionOnDisk;
    boolean isMade;
    private int tornEntries;

    /**
     * An empty directory.
     *
     * @param journalId that the journal will have
     */
    public SimulatedDisk(final long journalId) {
        this.journalId = journalId;
    }

    /** Identity of the journal. @return random, for life */
    public long journalId() {
        return journalId;
    }

    static long offsetBehind(final int entryCount) {
        return ENTRIES_OFFSET + entryCount * ENTRY_LENGTH;
    }

    /** Whether an entry stands there that is none. */
    boolean isTorn(final int entryIndex) {
        return entryIndex >= entries.size() && entryIndex < entries.size() + tornEntries;
    }

    /** A new fence log takes the old one's place, synced. */
    void replaceEntries(final List<DiskEntry> fresh, final long position) {
        entries = new ArrayList<>(fresh);
        entriesOnDisk = fresh.size();
        tornEntries = 0;
        slotOffset = offsetBehind(entriesOnDisk);
        slotOffsetOnDisk = slotOffset;
        slotPosition = position;
        slotPositionOnDisk = position;
        isMade = true;
    }

    void entriesSynced(final int count) {
        entriesOnDisk = Math.max(entriesOnDisk, count);
        // The slot that was there before this sync is on disk with it; the one that tells of it is not.
        slotOffsetOnDisk = slotOffset;
        slotPositionOnDisk = slotPosition;
        slotOffset = offsetBehind(entriesOnDisk);
    }

    void recordsSynced(final long position) {
        positionOnDisk = Math.max(positionOnDisk, position);
        slotPosition = positionOnDisk;
    }

    /**
     * Power is lost.
     *
     * @param chance decides what of the unsynced is there
     */
    public void losePower(final Chance chance) {
        final int kept =
                entriesOnDisk + (entries.size() > entriesOnDisk ? chance.below(entries.size() - entriesOnDisk + 1) : 0);
        tornEntries = kept < entries.size() && chance.once(50) ? 1 : 0;
        entries.subList(kept, entries.size()).clear();
        if (chance.once(50)) {
            slotOffset = slotOffsetOnDisk;
            slotPosition = slotPositionOnDisk;
        }
        slotOffset = Math.min(slotOffset, offsetBehind(entries.size()));
        final boolean isTailOnly = chance.once(50);
        for (final Map.Entry<Long, List<DiskRecord>> generation : generations.entrySet()) {
            loseRecords(generation.getValue(), chance, isTailOnly);
        }
        // What has survived is on the disk: nobody will lose it another time.
        entriesOnDisk = entries.size();
    }

    private void loseRecords(final List<DiskRecord> records, final Chance chance, final boolean isTailOnly) {
        boolean isLosing = false;
        for (final DiskRecord record : records) {
            if (record.position > positionOnDisk && !record.isGone) {
                isLosing = isTailOnly ? isLosing || chance.once(30) : chance.once(40);
                if (isLosing) {
                    record.isGone = chance.once(80);
                    record.isTorn = !record.isGone;
                }
            }
        }
        while (!records.isEmpty() && records.get(records.size() - 1).isGone) {
            records.remove(records.size() - 1);
        }
    }
}
