package io.fencegate.benchmarks;

import io.fencegate.app.cli.Terminal;
import io.fencegate.app.launch.Signals;

/**
 * Ctrl-C: the first ends the run after the block under way, so that what was measured is shown; the second ends the
 * process, whose shutdown hooks delete what rigs have made.
 *
 * <p>Signals come on threads of the JVM; the run asks on its own.
 */
final class Interruption {
    static final int EXIT_CODE = 130;

    private volatile boolean isStopped;

    /** Answers signals from now on. */
    void watch(final Terminal terminal) {
        Signals.handle("INT", () -> onSignal(terminal));
        Signals.handle("TERM", () -> onSignal(terminal));
    }

    /** Whether the user has had enough. */
    boolean isStopped() {
        return isStopped;
    }

    /** The run ends after the block under way. */
    void stop() {
        isStopped = true;
    }

    private void onSignal(final Terminal terminal) {
        if (isStopped) {
            System.exit(EXIT_CODE);
        }
        stop();
        terminal.say("stopping after the block under way; once more ends at once");
    }
}
