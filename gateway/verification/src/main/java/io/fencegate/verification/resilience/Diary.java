package io.fencegate.verification.resilience;

import io.fencegate.app.process.ChildProcess;
import io.fencegate.app.process.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All that one of the clients of a process has reported, in order, and how it is told what to do.
 *
 * <p>One thread.
 */
final class Diary {
    /** Only ends what hangs: what is waited for takes a small part of it. */
    static final long PATIENCE_MS = 60_000;

    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(5);

    /** The reports of one process, which several diaries share. */
    static final class Source {
        private final ChildProcess process;
        private final List<Report> reports = new ArrayList<>();

        Source(final ChildProcess process) {
            this.process = process;
        }

        private void read() {
            for (String line = process.poll(); line != null; line = process.poll()) {
                reports.add(Report.parse(line));
            }
        }

        /** The process reports in the order of time. */
        private List<Report> since(final long fromNs) {
            int low = 0;
            int high = reports.size();
            while (low < high) {
                final int middle = (low + high) >>> 1;
                if (reports.get(middle).atNs() - fromNs < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return List.copyOf(reports.subList(low, reports.size()));
        }
    }

    private final Source source;
    private final int client;
    private final String clientId;

    Diary(final Source source, final int client, final String clientId) {
        this.source = source;
        this.client = client;
        this.clientId = clientId;
    }

    /** As which client it holds leases. @return 16 hexadecimal digits */
    String clientId() {
        return clientId;
    }

    /** Orders something. @param order without the number of the client, which is added */
    void order(final Facts order) {
        source.process.send(order.with("client", client).toString());
    }

    /** What was reported from a moment on. @param fromNs by the monotonic clock @return a snapshot, in order */
    Stream<Report> since(final long fromNs) {
        source.read();
        return source.since(fromNs).stream().filter(report -> report.client() == client);
    }

    /**
     * Waits for a report.
     *
     * @param what is due, for whoever waits in vain
     * @param fromNs the report is not older
     * @param wanted tells it from others
     * @return the first one
     */
    Report await(final String what, final long fromNs, final Predicate<Report> wanted) {
        final Report[] found = new Report[1];
        awaitThat(what, () -> {
            found[0] = since(fromNs).filter(wanted).findFirst().orElse(null);
            return found[0] != null;
        });
        return found[0];
    }

    /**
     * Waits until something is so.
     *
     * @param what is due, for whoever waits in vain
     * @param isSo looked at again and again
     */
    static void awaitThat(final String what, final BooleanSupplier isSo) {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new TooLateException(what + ": not within " + PATIENCE_MS / 1000 + " s");
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }
}
