package io.fencegate.app.launch;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How long a command serves: until Ctrl-C, SIGTERM, or the end of standard input where it was asked to watch that. Then
 * it closes what it launched before the process ends. A second signal ends the process at once.
 *
 * <p>Made and awaited by the main thread.
 */
public final class Lifetime implements AutoCloseable {
    private static final long CLOSE_TIMEOUT_SECONDS = 20;
    private static final int TERMINATED = 143;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean isSignalled = new AtomicBoolean();

    private Lifetime() {}

    /**
     * Begins before anything is launched, so that a signal during the launch closes what is there.
     *
     * @return the lifetime
     */
    public static Lifetime begin() {
        final Lifetime lifetime = new Lifetime();
        for (final String signal : List.of("INT", "TERM", "HUP")) {
            Signals.handle(signal, lifetime::onSignal);
        }
        return lifetime;
    }

    /**
     * Ends the lifetime when a stream ends too.
     *
     * @param in standard input of this process
     */
    public void endWith(final InputStream in) {
        final Thread watcher = new Thread(
                () -> {
                    try {
                        while (in.read() >= 0) {
                            // What comes is not for this role; only the end counts.
                            continue;
                        }
                    } catch (final IOException broken) {
                        ended.countDown();
                    }
                    ended.countDown();
                },
                "end-of-input");
        watcher.setDaemon(true);
        watcher.start();
    }

    /** Waits for the end. */
    public void await() {
        try {
            ended.await();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits for the end, for a while.
     *
     * @param timeoutMs how long at most, in milliseconds
     * @return whether the end came
     */
    public boolean await(final long timeoutMs) {
        try {
            return ended.await(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Whether the end came. @return true from the first signal on */
    public boolean isOver() {
        return ended.getCount() == 0;
    }

    /** Everything that was launched is closed: the process may end. */
    @Override
    public void close() {
        closed.countDown();
    }

    /** The main thread closes everything; what takes too long is cut short. */
    private void onSignal() {
        // The end of standard input is no impatience: who ends a process often closes its input as well.
        if (isSignalled.getAndSet(true)) {
            Runtime.getRuntime().halt(TERMINATED);
        }
        ended.countDown();
        final Thread watchdog = new Thread(this::cutShort, "end-of-role");
        watchdog.setDaemon(true);
        watchdog.start();
    }

    private void cutShort() {
        try {
            if (!closed.await(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(TERMINATED);
            }
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
