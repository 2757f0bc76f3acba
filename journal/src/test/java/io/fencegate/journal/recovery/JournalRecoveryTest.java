package io.fencegate.journal.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** The rules of recovery, driven by journals and fence logs in memory. */
class JournalRecoveryTest implements RecoveryHandler {
    private final List<String> told = new ArrayList<>();
    private final MemoryJournal journal = new MemoryJournal();
    private final MemoryFenceLog fenceLog = new MemoryFenceLog();
    private long syncedPosition;

    /** Positions: 1 start, 2 fence, 3 to 6 writes 1 to 4. */
    private void oneGeneration() {
        journal.start(1).fence(0, "orders", 10);
        for (int sequence = 1; sequence <= 4; sequence++) {
            journal.write(0, 10, sequence);
        }
        fenceLog.generation(1).fence(0, "orders", 10).synced();
    }

    private RecoveryPlan recover() {
        return JournalRecovery.recover(fenceLog.replay(), MemoryJournal.JOURNAL_ID, syncedPosition, journal, this);
    }

    private JournalCorruptException refuses() {
        return assertThrows(JournalCorruptException.class, this::recover);
    }

    @Test
    void tellsFencesAndWritesInTheirOrder() {
        oneGeneration();
        journal.start(2).fence(1, "stock", 11).fence(0, "orders", 12).write(0, 12, 1);
        fenceLog.generation(2).fence(1, "stock", 11).fence(0, "orders", 12).synced();
        final RecoveryPlan plan = recover();
        assertEquals(
                List.of(
                        "fence 0 orders 10",
                        "write 0 10/1 at 1/3",
                        "write 0 10/2 at 1/4",
                        "write 0 10/3 at 1/5",
                        "write 0 10/4 at 1/6",
                        "fence 1 stock 11",
                        "fence 0 orders 12",
                        "write 0 12/1 at 2/10"),
                told);
        assertEquals(10, plan.position());
        assertEquals(journal.at(10).crc, plan.crc());
        assertEquals(3, plan.generationNext());
        assertNull(plan.cut());
        assertEquals(List.of(), plan.unjournaled());
        assertEquals(2, plan.fences().size());
        assertEquals(12, plan.fences().get(0).token());
    }

    @Test
    void anEmptyJournalIsRecoveredToNothing() {
        fenceLog.generation(1).synced();
        final RecoveryPlan plan = recover();
        assertEquals(0, plan.position());
        assertEquals(2, plan.generationNext());
    }

    @Test
    void damageAboveTheSyncedPositionIsCut() {
        oneGeneration();
        syncedPosition = 3;
        journal.at(5).flipped = true;
        final RecoveryPlan plan = recover();
        assertEquals(4, plan.position());
        assertEquals(5, plan.cut().position());
        assertEquals(1, plan.cut().salvaged());
        assertTrue(
                plan.cut().reason().startsWith("checksum is wrong"), plan.cut().reason());
    }

    @Test
    void damageAtTheSyncedPositionIsCorruption() {
        oneGeneration();
        syncedPosition = 5;
        journal.at(5).flipped = true;
        final JournalCorruptException e = refuses();
        assertEquals(5, e.position());
        assertEquals("memory/gen-1", e.file());
        assertTrue(e.reason().startsWith("checksum is wrong"), e.reason());
    }

    @Test
    void aSyncedPositionInARecordBehindTheDamageCounts() {
        oneGeneration();
        journal.at(4).flipped = true;
        journal.at(6).syncedPosition = 4;
        assertEquals(4, refuses().position());
    }

    @Test
    void recordsBehindAHoleAreCutOrCorruption() {
        oneGeneration();
        journal.hole(1, 3);
        final RecoveryPlan plan = recover();
        assertEquals(3, plan.position());
        assertEquals(4, plan.cut().position());
        assertEquals(3, plan.cut().salvaged());
    }

    @Test
    void aHoleBelowTheSyncedPositionIsCorruption() {
        oneGeneration();
        journal.hole(1, 3);
        syncedPosition = 4;
        assertEquals(4, refuses().position());
    }

    @Test
    void aMissingRecordBreaksThePositions() {
        oneGeneration();
        syncedPosition = 6;
        journal.generations.get(1L).remove(3);
        final JournalCorruptException e = refuses();
        assertEquals(4, e.position());
        assertTrue(e.reason().startsWith("positions are not contiguous: position=5 expected=4"), e.reason());
    }

    @Test
    void reorderedRecordsBreakThePositions() {
        oneGeneration();
        syncedPosition = 6;
        final List<MemoryJournal.Rec> recs = journal.generations.get(1L);
        recs.add(4, recs.remove(3));
        assertEquals(4, refuses().position());
    }

    @Test
    void aRecordOfAnotherHistoryBreaksTheChain() {
        oneGeneration();
        syncedPosition = 6;
        journal.at(4).previousCrc++;
        assertTrue(refuses().reason().startsWith("chain is broken"));
    }

    @Test
    void aJournalThatEndsBelowTheSyncedPositionIsCorrupt() {
        oneGeneration();
        syncedPosition = 7;
        final JournalCorruptException e = refuses();
        assertEquals(7, e.position());
        assertTrue(e.reason().startsWith("journal ends below the synced position"), e.reason());
    }

    @Test
    void aMissingGenerationIsCorruption() {
        oneGeneration();
        journal.start(2).start(3);
        fenceLog.generation(2).generation(3).synced();
        journal.generations.remove(2L);
        assertEquals(7, refuses().position());
    }

    @Test
    void whatWasCutStaysCut() {
        oneGeneration();
        journal.at(5).flipped = true;
        journal.restartBehind(4, 2).write(0, 10, 3);
        fenceLog.generation(2).synced();
        final RecoveryPlan plan = recover();
        assertEquals(6, plan.position());
        assertNull(plan.cut());
        assertEquals("write 0 10/3 at 2/6", told.get(3));
    }

    @Test
    void laterDamageBelowATakeOverIsCorruption() {
        oneGeneration();
        journal.start(2);
        fenceLog.generation(2).synced();
        journal.at(4).unreadable = true;
        final JournalCorruptException e = refuses();
        assertEquals(4, e.position());
        assertEquals("memory/gen-1", e.file());
    }

    @Test
    void aGenerationThatDiedBeforeItsFirstRecordIsSkipped() {
        oneGeneration();
        journal.start(2);
        journal.at(7).unreadable = true;
        journal.restartBehind(6, 3);
        fenceLog.generation(2).generation(3).synced();
        final RecoveryPlan plan = recover();
        assertEquals(7, plan.position());
        assertEquals(3, plan.generation());
        assertNull(plan.cut());
    }

    @Test
    void aGenerationOfAnotherJournalIsCorruption() {
        oneGeneration();
        syncedPosition = 6;
        journal.at(1).journalId = 1;
        assertTrue(refuses().reason().startsWith("generation belongs to another journal"));
    }

    @Test
    void aFenceThatFallsBreaksS3() {
        oneGeneration();
        journal.fence(0, "orders", 9);
        final JournalCorruptException e = refuses();
        assertEquals(7, e.position());
        assertTrue(e.reason().startsWith("S3 is broken"), e.reason());
    }

    @Test
    void aWriteUnderAnotherTokenThanTheFenceBreaksS3() {
        oneGeneration();
        journal.fence(0, "orders", 20).write(0, 10, 5);
        assertTrue(refuses().reason().startsWith("S3 is broken"));
    }

    @Test
    void aSequenceThatRepeatsOrSkipsBreaksS4() {
        oneGeneration();
        journal.write(0, 10, 4);
        assertTrue(refuses().reason().startsWith("S4 is broken"));
    }

    @Test
    void fencesKnownOnlyToTheFenceLogAreToldLast() {
        oneGeneration();
        fenceLog.fence(1, "stock", 11).fence(0, "orders", 15).synced();
        final RecoveryPlan plan = recover();
        assertEquals(List.of("fence 0 orders 15", "fence 1 stock 11"), told.subList(5, 7));
        assertEquals(
                List.of(15L, 11L),
                plan.unjournaled().stream().map(FenceState::token).toList());
        assertEquals(
                List.of(15L, 11L), plan.fences().stream().map(FenceState::token).toList());
    }

    @Test
    void fencesKnownOnlyToTheJournalAreKept() {
        oneGeneration();
        journal.fence(0, "orders", 15).fence(1, "stock", 16);
        final RecoveryPlan plan = recover();
        assertEquals(List.of(), plan.unjournaled());
        assertEquals(
                List.of(15L, 16L), plan.fences().stream().map(FenceState::token).toList());
    }

    @Test
    void twoNamesForOneHandleContradictEachOther() {
        oneGeneration();
        fenceLog.entries.get(1).name = "stock";
        final JournalCorruptException e = refuses();
        assertEquals("memory/fence.log", e.file());
        assertTrue(e.reason().startsWith("fence log and journal contradict each other"), e.reason());
    }

    @Test
    void twoGrantsWithOneTokenContradictEachOther() {
        oneGeneration();
        fenceLog.entries.get(1).clientId++;
        assertTrue(refuses().reason().contains("one token has two grants"));
    }

    @Test
    void aFenceLogThatWentBackIsCorruption() {
        oneGeneration();
        journal.start(2);
        assertTrue(refuses().reason().startsWith("fence log went back"));
    }

    @Test
    void aTornTailOfTheFenceLogIsDropped() {
        oneGeneration();
        fenceLog.fence(0, "orders", 30).entries.get(2).flipped = true;
        assertNotNull(fenceLog.replay().tornReason());
        assertEquals(10, recover().fences().get(0).token());
    }

    @Test
    void severalEntriesThatWereNeverSyncedMayBeTorn() {
        oneGeneration();
        fenceLog.fence(0, "orders", 30).fence(0, "orders", 31).entries.get(2).flipped = true;
        assertEquals(10, recover().fences().get(0).token());
    }

    @Test
    void aDamagedEntryThatWasSyncedIsCorruption() {
        oneGeneration();
        fenceLog.entries.get(1).flipped = true;
        final JournalCorruptException e = refuses();
        assertEquals("memory/fence.log", e.file());
        assertEquals(1100, e.position());
    }

    @Test
    void aSyncedOffsetInALaterEntryCounts() {
        oneGeneration();
        fenceLog.syncedOffset = MemoryFenceLog.BEGIN;
        fenceLog.fence(0, "orders", 30).entries.get(2).syncedOffset = 1200;
        fenceLog.entries.get(1).flipped = true;
        assertEquals(1100, refuses().position());
    }

    @Test
    void aMissingSyncedEntryIsCorruption() {
        oneGeneration();
        fenceLog.entries.remove(1);
        assertTrue(refuses().reason().startsWith("fence log ends below the synced offset"));
    }

    @Test
    void anEntryInAnothersPlaceIsCorruption() {
        oneGeneration();
        fenceLog.entries.get(1).fileOffset += 8;
        assertTrue(refuses().reason().startsWith("entry stands in another's place"));
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
        told.add("fence " + handle + " " + nameBuffer.getStringWithoutLengthUtf8(nameOffset, nameLength) + " " + token);
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
        told.add("write " + handle + " " + token + "/" + sequence + " at " + generation + "/" + position);
    }
}
