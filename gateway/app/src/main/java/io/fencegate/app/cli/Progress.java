package io.fencegate.app.cli;

import java.util.concurrent.TimeUnit;

/**
 * Says what a command waits for, once that takes longer than two seconds: on a terminal as a line that counts the
 * seconds and goes away, else as one plain line. Always on standard error.
 *
 * <p>Begun, told and closed by the command's thread; a thread of its own shows it.
 */
public final class Progress implements AutoCloseable {
    private static final long QUIET_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long REPAINT_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final String ERASED = "\r\033[K";

    private final Terminal terminal;
    private final Object lock = new Object();
    private final long beginNs = System.nanoTime();
    private final long quietNs;
    private String what;
    private boolean isShown;
    private boolean isClosed;

    private Progress(final Terminal terminal, final String what, final long quietNs) {
        this.terminal = terminal;
        this.what = what;
        this.quietNs = quietNs;
    }

    /**
     * Begins to wait.
     *
     * @param terminal whose standard error shows it
     * @param what the command waits for, as "waiting for …"
     * @return closes with the wait
     */
    public static Progress begin(final Terminal terminal, final String what) {
        return begin(terminal, what, QUIET_NS);
    }

    /** A wait that is told after another time. */
    static Progress begin(final Terminal terminal, final String what, final long quietNs) {
        final Progress progress = new Progress(terminal, what, quietNs);
        final Thread thread = new Thread(progress::show, "progress");
        thread.setDaemon(true);
        thread.start();
        return progress;
    }

    /**
     * The command waits for something else now.
     *
     * @param next what it waits for
     */
    public void now(final String next) {
        synchronized (lock) {
            what = next;
        }
    }

    /** The wait is over: what was shown on a terminal goes away. */
    @Override
    public void close() {
        synchronized (lock) {
            isClosed = true;
            lock.notifyAll();
            if (isShown && terminal.screen().errIsTerminal()) {
                terminal.err().print(ERASED);
                terminal.err().flush();
            }
        }
    }

    private void show() {
        synchronized (lock) {
            try {
                await(quietNs);
                while (!isClosed) {
                    if (!terminal.screen().errIsTerminal()) {
                        terminal.say(what);
                        return;
                    }
                    final long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beginNs);
                    terminal.err().print(ERASED + terminal.screen().err(Paint.FAINT, what + " (" + seconds + " s)"));
                    terminal.err().flush();
                    isShown = true;
                    await(REPAINT_NS);
                }
            } catch (final InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void await(final long timeNs) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + timeNs;
        for (long leftNs = timeNs; leftNs > 0 && !isClosed; leftNs = deadlineNs - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(lock, leftNs);
        }
    }
}
