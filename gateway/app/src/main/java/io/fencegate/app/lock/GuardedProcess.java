package io.fencegate.app.lock;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The program that runs while a lease is held: it has our standard streams and our process group, so that Ctrl-C and
 * job control reach it as if it had been started without us.
 *
 * <p>One thread; {@link #pass} any.
 */
final class GuardedProcess {
    private static final long POLL_MS = 20;
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(POLL_MS);

    /** Longer than the kernel needs, unless the process hangs in a device. */
    private static final long KILLED_TIMEOUT_MS = 5_000;

    private final Process process;

    private GuardedProcess(final Process process) {
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param command program and arguments
     * @param variables to add to its environment
     * @return the process
     * @throws CommandException COMMAND_NOT_EXECUTABLE if the kernel does not run it
     */
    static GuardedProcess start(final List<String> command, final Map<String, String> variables) {
        final ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(variables);
        try {
            return new GuardedProcess(builder.start());
        } catch (final IOException refused) {
            throw new CommandException(
                    ExitCode.COMMAND_NOT_EXECUTABLE,
                    "CMD cannot be run: " + refused.getMessage() + "; the lease was released");
        }
    }

    /**
     * Waits for its end, for a moment.
     *
     * @return whether it has ended
     */
    boolean await() {
        return await(process, POLL_MS);
    }

    /** How it ended. @return its exit code, or 128 and the signal that ended it */
    int exitCode() {
        return process.exitValue();
    }

    /**
     * Passes a signal on to it, and to nobody else: what it does with its children is its own business.
     *
     * @param signal without SIG
     */
    void pass(final String signal) {
        if (!process.isAlive()) {
            return;
        }
        if (signal.equals("TERM")) {
            process.destroy();
            return;
        }
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -s " + signal + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (final IOException noShell) {
            process.destroy();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends it and everything that it started: SIGTERM, then SIGKILL to what is still there. Descendants that have cut
     * their ties with it (daemons) are not found.
     *
     * @param graceMs between the two signals, in milliseconds
     * @return whether SIGTERM was enough
     */
    boolean stop(final long graceMs) {
        final Set<ProcessHandle> tree = new LinkedHashSet<>();
        tree.add(process.toHandle());
        process.toHandle().destroy();
        terminateNew(tree);
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(graceMs);
        while (isAnyAlive(tree) && deadlineNs - System.nanoTime() > 0) {
            LockSupport.parkNanos(POLL_NS);
            terminateNew(tree);
        }
        final boolean isEnough = !isAnyAlive(tree);
        while (terminateNew(tree)) {
            Thread.onSpinWait();
        }
        tree.forEach(ProcessHandle::destroyForcibly);
        await(process, KILLED_TIMEOUT_MS);
        return isEnough;
    }

    /** SIGTERM to what the tree has started since (a supervisor may have begun a worker again). Returns whether any. */
    private static boolean terminateNew(final Set<ProcessHandle> tree) {
        boolean isAny = false;
        for (final ProcessHandle member : new ArrayList<>(tree)) {
            for (final ProcessHandle descendant : member.descendants().toList()) {
                if (tree.add(descendant)) {
                    descendant.destroy();
                    isAny = true;
                }
            }
        }
        return isAny;
    }

    private static boolean isAnyAlive(final Set<ProcessHandle> tree) {
        return tree.stream().anyMatch(ProcessHandle::isAlive);
    }

    private static boolean await(final Process process, final long timeoutMs) {
        try {
            return process.waitFor(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
