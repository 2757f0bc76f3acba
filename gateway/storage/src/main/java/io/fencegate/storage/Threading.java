package io.fencegate.storage;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** How the gateway's threads wait. Immutable; any thread. */
public enum Threading {
    /** The line shares its core: it backs off when nothing comes. */
    SHARED {
        @Override
        IdleStrategy lineIdle() {
            return backoff(100);
        }
    },
    /** The line has a core of its own: it spins. */
    DEDICATED {
        @Override
        IdleStrategy lineIdle() {
            return BusySpinIdleStrategy.INSTANCE;
        }
    };

    abstract IdleStrategy lineIdle();

    IdleStrategy syncIdle() {
        return backoff(100);
    }

    IdleStrategy admissionIdle() {
        return backoff(1000);
    }

    private static IdleStrategy backoff(final long parkMaxUs) {
        return new BackoffIdleStrategy(
                10, 20, TimeUnit.MICROSECONDS.toNanos(1), TimeUnit.MICROSECONDS.toNanos(parkMaxUs));
    }
}
