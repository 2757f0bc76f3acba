package io.fencegate.app.launch;

import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.Failures;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stops this process at once when what should be impossible has happened: no thread runs on, no hook writes to a
 * journal whose state is unknown, and the next start recovers.
 *
 * <p>Any thread.
 */
public final class FailStop {
    private static final AtomicBoolean STOPPED = new AtomicBoolean();

    private FailStop() {}

    /** Stops the process when a thread dies of a {@link Throwable} that nobody caught. */
    public static void guardThreads() {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> stop(ExitCode.IMPOSSIBLE, "thread=" + thread.getName(), failure));
    }

    /**
     * Says why on one line, and ends the process.
     *
     * @param exitCode of the process
     * @param where which part stopped
     * @param failure that stopped it
     */
    public static void stop(final ExitCode exitCode, final String where, final Throwable failure) {
        if (STOPPED.compareAndSet(false, true)) {
            try {
                System.err.println(
                        "fencegate: stopped: " + where + " exit=" + exitCode.code() + " " + Failures.describe(failure));
                System.err.flush();
            } finally {
                Runtime.getRuntime().halt(exitCode.code());
            }
        }
    }
}
