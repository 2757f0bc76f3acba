package io.fencegate.benchmarks.peers.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The load of a lock: what it says about one that excludes and counts, and about others. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LockLoadTest {
    private static final long MOMENT_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long PROOF = 3;

    @Test
    void measuresALockThatExcludesAndCounts() throws Exception {
        final FakeLock lock = new FakeLock(true, number -> number);
        try (LockLoad load = lock.load()) {
            load.contend();
            final long counted = load.run(MOMENT_NS).exchanges();
            assertTrue(counted >= 1);
            load.contend();
            assertTrue(lock.grants.get() >= counted + 2 * PROOF);
        }
    }

    @Test
    void aNumberThatIsRepeatedOrFallsIsWrong() throws Exception {
        assertEquals(
                "a later grant is not higher: grant=4 before=4", wrongInBlock(number -> Math.min(number, PROOF + 1)));
        assertEquals(
                "a later grant is not higher: grant=-5 before=4",
                wrongInBlock(number -> number > 4 ? -number : number));
    }

    /** The proof is passed, and the block is not. */
    private static String wrongInBlock(final LongUnaryOperator numbers) throws Exception {
        try (LockLoad load = new FakeLock(true, numbers).load()) {
            load.contend();
            return assertThrows(WrongReplyException.class, () -> load.run(MOMENT_NS))
                    .getMessage();
        }
    }

    @Test
    void aNumberThatFallsFromClientToClientIsWrong() {
        final LockLoad load = new FakeLock(true, number -> 10 - number).load();
        try (load) {
            final WrongReplyException wrong = assertThrows(WrongReplyException.class, load::contend);
            assertEquals("a later grant is not higher: grant=8 before=9", wrong.getMessage());
        }
    }

    @Test
    void aLockThatTwoHoldIsWrong() {
        final LockLoad load = new FakeLock(false, number -> number).load();
        try (load) {
            final WrongReplyException wrong = assertThrows(WrongReplyException.class, load::contend);
            assertEquals("a lock that is held was granted to another client: grant=2", wrong.getMessage());
        }
    }

    /** A lock that excludes or not, with the numbers of its grants, counted from 1, changed as asked for. */
    static final class FakeLock {
        private final AtomicReference<Object> holder = new AtomicReference<>();
        private final AtomicLong grants = new AtomicLong();
        private final boolean isExclusive;
        private final LongUnaryOperator numbers;

        FakeLock(final boolean isExclusive, final LongUnaryOperator numbers) {
            this.isExclusive = isExclusive;
            this.numbers = numbers;
        }

        LockLoad load() {
            return new LockLoad(ofClient(), ofClient());
        }

        PeerLock ofClient() {
            return new PeerLock() {
                @Override
                public long acquire() {
                    return tryAcquire().orElseThrow();
                }

                @Override
                public OptionalLong tryAcquire() {
                    if (!holder.compareAndSet(null, this) && isExclusive) {
                        return OptionalLong.empty();
                    }
                    return OptionalLong.of(numbers.applyAsLong(grants.incrementAndGet()));
                }

                @Override
                public void release() {
                    assertTrue(holder.compareAndSet(this, null));
                }

                @Override
                public void close() {
                    // Nothing is held.
                }
            };
        }
    }
}
