package io.fencegate.journal.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** What a start does to the disk, and in which order. */
class StartOrderTest {
    private final List<String> done = new ArrayList<>();

    @Test
    void nothingIsBuiltOnWhatIsNotOnDisk() {
        final MemoryJournal journal =
                new MemoryJournal().start(1).fence(0, "orders", 5).write(0, 5, 1);
        final MemoryFenceLog fenceLog = new MemoryFenceLog()
                .generation(1)
                .fence(0, "orders", 5)
                .fence(1, "bills", 7)
                .synced();
        final RecoveryPlan plan =
                JournalRecovery.recover(fenceLog.replay(), MemoryJournal.JOURNAL_ID, 0, journal, new Unheard());

        StartOrder.begin(plan, new Noted());

        assertEquals(
                List.of(
                        "sync 1",
                        "fence log [orders 5, bills 7] generation=2 syncedPosition=3",
                        "make 2 behind 3 crc=" + plan.crc(),
                        "started",
                        "fence bills 7",
                        "sync"),
                done);
    }

    private static String told(final FenceState fence) {
        return fence.nameText() + " " + fence.token();
    }

    /** Rebuilds nothing. */
    private static final class Unheard implements RecoveryHandler {
        @Override
        public void onFence(
                final int handle,
                final long token,
                final long clientId,
                final long seal,
                final DirectBuffer nameBuffer,
                final int nameOffset,
                final int nameLength) {
            // The plan tells what counts here.
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
            // The plan tells what counts here.
        }
    }

    /** Writes down every step. */
    private final class Noted implements StartSteps {
        @Override
        public void syncRecovered(final long generation) {
            done.add("sync " + generation);
        }

        @Override
        public void replaceFenceLog(final List<FenceState> fences, final long generation, final long syncedPosition) {
            final List<String> names = fences.stream().map(StartOrderTest::told).toList();
            done.add("fence log " + names + " generation=" + generation + " syncedPosition=" + syncedPosition);
        }

        @Override
        public void makeGeneration(final long generation, final long position, final int crc) {
            done.add("make " + generation + " behind " + position + " crc=" + crc);
        }

        @Override
        public void appendGenerationStarted() {
            done.add("started");
        }

        @Override
        public void appendFence(final FenceState fence) {
            done.add("fence " + told(fence));
        }

        @Override
        public void syncGeneration() {
            done.add("sync");
        }
    }
}
