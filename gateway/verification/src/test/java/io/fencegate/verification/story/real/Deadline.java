package io.fencegate.verification.story.real;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** Waits for conditions, and not for ever. Any thread. */
final class Deadline {
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(30);

    private Deadline() {}

    static void await(final String what, final BooleanSupplier condition) {
        final IdleStrategy idle = new BackoffIdleStrategy();
        final long deadlineNs = System.nanoTime() + LONGEST_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("never: " + what);
            }
            idle.idle();
        }
    }
}
