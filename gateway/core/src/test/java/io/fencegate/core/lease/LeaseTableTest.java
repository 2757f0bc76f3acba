package io.fencegate.core.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.core.lease.command.LeasePage;
import io.fencegate.core.lease.order.TokenSequence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stories in text cannot tell: wild values, bounds of work, and buffers that are only borrowed. */
final class LeaseTableTest {
    private final AnswerLog log = new AnswerLog();
    private final TokenSequence tokens = new TokenSequence();
    private final LeaseTable table = new LeaseTable(LeaseLimits.DEFAULT, tokens, log, log);

    @BeforeEach
    void aTermBegins() {
        tokens.onTerm(1);
    }

    @Test
    void noValueOfACommandThrowsAndEachGetsOneAnswer() {
        final Random random = new Random(5);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[40]);
        final LeaseCommand command = new LeaseCommand();
        final long[] wild = {0, 1, -1, 50, 1_000, Long.MAX_VALUE, Long.MIN_VALUE};
        final int[] bounds = {0, 1, 2, 39, 40, 41, -1, Integer.MAX_VALUE, Integer.MIN_VALUE};
        for (int i = 0; i < 50_000; i++) {
            random.nextBytes(buffer.byteArray());
            buffer.setMemory(0, 20, (byte) 'a');
            command.from(wild[random.nextInt(7)], wild[random.nextInt(7)])
                    .terms(wild[random.nextInt(7)], wild[random.nextInt(7)], wild[random.nextInt(7)])
                    .name(
                            random.nextInt(100) == 0 ? null : buffer,
                            bounds[random.nextInt(9)],
                            bounds[random.nextInt(9)]);
            command.waitRequestId(wild[random.nextInt(7)]);
            switch (random.nextInt(8)) {
                case 0 -> table.acquire(command, i);
                case 1 -> table.renew(command, i);
                case 2 -> table.release(command, i);
                case 3 -> table.cancelWait(command, i);
                case 4 -> table.revoke(command, i);
                case 5 -> table.describe(command, i);
                case 6 -> table.watch(command, wild[random.nextInt(7)]);
                default -> table.unwatch(command);
            }
            final String self = "client=" + command.clientId() + " request=" + command.requestId() + " ";
            assertEquals(
                    1,
                    log.take().stream()
                            .filter(line -> line.startsWith(self))
                            .filter(line -> !line.contains(" EVENT ") && !line.endsWith(" WATCH_ENDED"))
                            .count(),
                    self);
        }
    }

    @Test
    void aSweepDoesNoMoreWorkThanItMay() {
        for (int i = 0; i < 1_000; i++) {
            acquire("r" + i, 1, i, 1_000, 0);
            acquire("r" + i, 2, i, 1_000, i < 500 ? 500 : 5_000);
        }
        log.take();

        assertEquals(0, table.sweep(499, 100));
        assertEquals(100, table.sweep(1_000, 100), "waits go first");
        assertEquals(400, table.sweep(1_000, 400));
        assertEquals(List.of(1_000, 500), List.of(table.leases(), table.waiters()));
        assertEquals(0, table.sweep(1_000, 0));
        assertEquals(1_000, table.sweep(1_000, 5_000), "each lease ends once: half of them go to a waiter");
        assertEquals(List.of(500, 0), List.of(table.leases(), table.waiters()));
        assertEquals(1_000, log.take().size(), "half of the waits timed out, half were granted");
        assertEquals(500, table.sweep(2_000, 5_000));
        assertEquals(List.of(0, 0), List.of(table.leases(), table.waiters()));
    }

    @Test
    void whoIsToldOfAnEndIsPartOfTheWorkOfASweep() {
        for (int i = 0; i < 100; i++) {
            acquire("r" + i, 1, i, 1_000, 0);
        }
        for (int i = 0; i < 9; i++) {
            final UnsafeBuffer prefix = new UnsafeBuffer(new byte[0]);
            table.watch(new LeaseCommand().from(2, i).name(prefix, 0, 0), i);
        }
        log.take();

        assertEquals(100, table.sweep(1_000, 91), "ten for each lease");
        assertEquals(90, log.take().size());
        assertEquals(90, table.leases());
        assertEquals(900, table.sweep(1_000, 5_000));
        assertEquals(0, table.leases());
    }

    @Test
    void manyLeasesEndInTheOrderOfTheirDeadlines() {
        final Random random = new Random(9);
        for (int i = 0; i < 10_000; i++) {
            acquire("r" + i, 1, i, 50 + random.nextInt(10_000), 0);
        }
        int left = 10_000;
        for (long now = 0; now <= 10_050; now += 50) {
            left -= (int) table.sweep(now, Integer.MAX_VALUE);
            final long time = now;
            assertEquals(left, table.leases());
            final LeasePage page = new LeasePage().atMost(Integer.MAX_VALUE);
            final int[] live = new int[1];
            table.list(page, time, (holder, token, remainingMs, waiters, name, offset, length) -> ++live[0] > 0);
            assertEquals(left, live[0], "at " + time);
        }
        assertEquals(0, left);
    }

    @Test
    void aVisitorWithoutRoomEndsThePageBeforeTheLease() {
        acquire("a", 1, 1, 1_000, 0);
        acquire("b", 1, 2, 1_000, 0);
        final LeasePage page = new LeasePage().atMost(9);

        final int[] seen = new int[1];
        final boolean more = table.list(page, 0, (holder, token, left, waiters, name, offset, length) -> seen[0]++ < 1);

        assertTrue(more);
        assertEquals(2, seen[0], "the second was shown and declined");
    }

    private void acquire(
            final String name, final long client, final long request, final long ttlMs, final long waitMs) {
        final UnsafeBuffer borrowed = new UnsafeBuffer(name.getBytes(StandardCharsets.UTF_8));
        table.acquire(
                new LeaseCommand().from(client, request).terms(0, ttlMs, waitMs).name(borrowed, 0, borrowed.capacity()),
                0);
        borrowed.setMemory(0, borrowed.capacity(), (byte) '?');
    }
}
