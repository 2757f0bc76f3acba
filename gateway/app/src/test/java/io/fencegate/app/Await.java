package io.fencegate.app;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** Waits for what happens beside the thread of the test, but not for ever. */
public final class Await {
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(60);

    private Await() {}

    /** What can be waited for. */
    @FunctionalInterface
    public interface Condition {
        /**
         * Asks whether it holds.
         *
         * @return true if it does
         * @throws Exception if that cannot be told: the test fails
         */
        boolean holds() throws Exception;
    }

    /**
     * Waits until a condition holds.
     *
     * @param condition that shall hold
     * @param facts to be told if it does not
     * @throws AssertionError if it does not in time, or cannot be told
     */
    public static void until(final Condition condition, final Supplier<String> facts) {
        final IdleStrategy idle = new BackoffIdleStrategy();
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!holds(condition)) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("not in time: " + facts.get());
            }
            idle.idle();
        }
    }

    private static boolean holds(final Condition condition) {
        try {
            return condition.holds();
        } catch (final Exception unknown) {
            throw new AssertionError(unknown);
        }
    }
}
