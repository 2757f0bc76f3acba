package io.fencegate.sequencer;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** Waits for what happens beside the thread of the test, but not for ever. */
final class Await {
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);

    private Await() {}

    /**
     * Waits until a condition holds, which may do work each time it is asked.
     *
     * @param condition that shall hold
     * @throws AssertionError if it does not in time
     */
    static void until(final BooleanSupplier condition) {
        given(() -> condition.getAsBoolean() ? condition : null, () -> "");
    }

    /**
     * Waits for something, and does work each time it is asked for.
     *
     * @param source of it, null as long as it is not there
     * @param facts to be told if it never is
     * @return what came
     * @throws AssertionError if it does not come in time
     */
    static <T> T given(final Supplier<T> source, final Supplier<String> facts) {
        final IdleStrategy idle = new BackoffIdleStrategy();
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        T given = source.get();
        while (given == null) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("not in time: " + facts.get());
            }
            idle.idle();
            given = source.get();
        }
        return given;
    }
}
