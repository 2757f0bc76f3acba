package io.fencegate.app.lock;

import io.fencegate.app.launch.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Signals that are meant for the guarded process. Before it runs the first
 * one ends the wait for the lease, and the second one this process.
 *
 * <p>Signals come on threads of the JVM; the rest is the command's thread.
 */
final class PassedSignals {
    private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);
    private static final int SIGNAL_BASE = 128;

    private final Object lock = new Object();
    private String first;
    private volatile GuardedProcess target;

    /** Signals that nobody sends yet. */
    PassedSignals() {}

    /**
     * Answers SIGINT, SIGTERM and SIGHUP from now on.
     *
     * @return the signals
     */
    static PassedSignals begin() {
        final PassedSignals signals = new PassedSignals();
        NUMBERS.keySet().forEach(name -> Signals.handle(name, () -> signals.onSignal(name)));
        return signals;
    }

    /** Whether a signal came. @return true from the first one on */
    boolean isAny() {
        synchronized (lock) {
            return first != null;
        }
    }

    /** The first signal. @return as a shell tells it: 128 and its number */
    int exitCode() {
        synchronized (lock) {
            return SIGNAL_BASE + NUMBERS.get(first);
        }
    }

    /**
     * Starts the process to which signals are passed on from now on. A signal comes before it, and it is not started, or
     * to it: one that comes while it is started waits until it runs.
     *
     * @param start starts it
     * @return the process, or null if a signal came before
     */
    GuardedProcess start(final Supplier<GuardedProcess> start) {
        synchronized (lock) {
            if (first == null) {
                target = start.get();
            }
            return target;
        }
    }

    /**
     * A signal came.
     *
     * @param name without SIG
     */
    void onSignal(final String name) {
        // Who did not run when it came was not of our group yet, and has not got it from the terminal.
        final boolean wasRunning = target != null;
        synchronized (lock) {
            if (target == null && first != null) {
                // Impatience: what was waited for comes too slowly to be given up in good order.
                Runtime.getRuntime().halt(SIGNAL_BASE + NUMBERS.get(name));
            }
            first = first == null ? name : first;
            if (target != null && (name.equals("TERM") || !wasRunning || !isSentToAll())) {
                target.pass(name);
            }
        }
    }

    /**
     * Whether the terminal itself has sent this signal to every process of our group, the guarded one included: Ctrl-C
     * must not reach it twice, since many programs take the second one for impatience.
     */
    private static boolean isSentToAll() {
        try {
            final String stat = Files.readString(Path.of("/proc/self/stat"));
            final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            final String group = fields[2];
            final String terminalGroup = fields[5];
            return group.equals(terminalGroup);
        } catch (final IOException | ArrayIndexOutOfBoundsException elsewhere) {
            return System.console() != null;
        }
    }
}
