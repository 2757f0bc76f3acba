package io.fencegate.client;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** Waits for what happens beside the thread of the test, but not for ever. */
final class Await {
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(60);

    private Await() {}

    /**
     * Waits until a condition holds, which may do work each time it is asked.
     *
     * @param condition that shall hold
     * @throws AssertionError if it does not in time
     */
    static void until(final BooleanSupplier condition) {
        until(condition, () -> "");
    }

    /**
     * Waits until a condition holds, which may do work each time it is asked.
     *
     * @param condition that shall hold
     * @param facts to be told if it does not
     * @throws AssertionError if it does not in time
     */
    static void until(final BooleanSupplier condition, final Supplier<String> facts) {
        final IdleStrategy idle = new BackoffIdleStrategy();
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("not in time: " + facts.get());
            }
            idle.idle();
        }
    }
}
