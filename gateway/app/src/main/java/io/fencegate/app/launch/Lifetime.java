package io.fencegate.app.launch;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How long a role serves: until Ctrl-C, SIGTERM, or the end of standard input where it was asked to watch that. Then
 * the role closes what it launched before the process ends.
 *
 * <p>Made and awaited by the main thread.
 */
public final class Lifetime implements AutoCloseable {
    private static final long CLOSE_TIMEOUT_SECONDS = 20;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private Lifetime() {}

    /**
     * Begins before anything is launched, so that a signal during the launch closes what is there.
     *
     * @return the lifetime
     */
    public static Lifetime begin() {
        final Lifetime lifetime = new Lifetime();
        Runtime.getRuntime().addShutdownHook(new Thread(lifetime::onSignal, "end-of-role"));
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

    /** Everything that the role launched is closed: the process may end. */
    @Override
    public void close() {
        closed.countDown();
    }

    /** In the shutdown hook: lets the main thread close everything, then ends the process as one that is done. */
    private void onSignal() {
        if (closed.getCount() == 0) {
            return;
        }
        ended.countDown();
        try {
            if (closed.await(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(0);
            }
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
