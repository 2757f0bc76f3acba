package io.fencegate.core.lease.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What ends first comes out first, whatever was added, moved and removed before. */
final class ExpiryQueueTest {
    private final ExpiryQueue<Due> queue = new ExpiryQueue<>();

    @Test
    void nothingIsOverBeforeItsDeadline() {
        queue.add(new Due(100, 1));

        assertNull(queue.firstOver(99));
        assertEquals(1, queue.firstOver(100).order);
    }

    @Test
    void itIsASortedListThatNobodySorts() {
        final Random random = new Random(42);
        final List<Due> sorted = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            final int dice = random.nextInt(step % 4_000 < 2_000 ? 10 : 20);
            if (dice < 6 || sorted.isEmpty()) {
                final Due due = new Due(random.nextInt(50), step);
                sorted.add(due);
                queue.add(due);
            } else if (dice < 8) {
                final Due due = sorted.get(random.nextInt(sorted.size()));
                due.deadlineMs = random.nextInt(50);
                queue.changed(due);
            } else {
                queue.remove(sorted.remove(random.nextInt(sorted.size())));
            }
            sorted.sort(Comparator.comparingLong((Due due) -> due.deadlineMs).thenComparingLong(due -> due.order));
            assertSame(sorted.isEmpty() ? null : sorted.get(0), queue.firstOver(50));
            assertEquals(sorted.size(), queue.size());
        }
    }

    /** Something that ends. */
    private static final class Due implements ExpiryQueue.Entry {
        private final long order;
        private long deadlineMs;
        private int slot;

        private Due(final long deadlineMs, final long order) {
            this.deadlineMs = deadlineMs;
            this.order = order;
        }

        @Override
        public long deadlineMs() {
            return deadlineMs;
        }

        @Override
        public long order() {
            return order;
        }

        @Override
        public int slot() {
            return slot;
        }

        @Override
        public void slot(final int slot) {
            this.slot = slot;
        }
    }
}
