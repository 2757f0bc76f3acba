package io.fencegate.verification.story.real;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions, and not for ever. Any thread. */
final class Deadline {
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private Deadline() {}

    static void await(final String what, final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + LONGEST_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("never: " + what);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}
