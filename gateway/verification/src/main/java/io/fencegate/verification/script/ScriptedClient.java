package io.fencegate.verification.script;

import io.fencegate.app.cli.Shapes;
import io.fencegate.app.process.Facts;
import io.fencegate.app.process.Orders;
import io.fencegate.client.ClientConfig;
import io.fencegate.client.WriterConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;

/**
 * A client of the laboratory, in a process of its own: acquires, keeps, writes, waits and watches as it is ordered by
 * lines on standard input, never blocks but where it is ordered to, and reports all that it is told. It does nothing of
 * its own accord after a fault: what it resumes is what the client library resumes.
 *
 * <p>The main thread calls; another one only reads standard input.
 */
public final class ScriptedClient {
    private static final long IDLE_NS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long CALL_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);

    private ScriptedClient() {}

    /**
     * Serves until standard input ends.
     *
     * @param args the media driver's directory, the sequencer's endpoints, the gateway's channel, how long a silent
     *     media driver counts as alive in milliseconds, and for each client of this process how long it tries to settle
     *     a write, in milliseconds
     * @throws InterruptedException if the process is to end
     */
    public static void main(final String[] args) throws InterruptedException {
        final Reporter reporter = new Reporter();
        final List<Caller> callers = new ArrayList<>();
        try {
            final Facts ready = Facts.of("ready");
            final String[] writeTimeoutsMs = args[4].split(",");
            for (int i = 0; i < writeTimeoutsMs.length; i++) {
                final ClientConfig config = ClientConfig.of(args[0])
                        .withSequencer(args[1])
                        .withGateway(args[2])
                        .withTimeouts(
                                CALL_TIMEOUT_NS,
                                ClientConfig.ATTEMPT_TIMEOUT_DEFAULT_NS,
                                TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[3])))
                        .withWriter(WriterConfig.DEFAULT.withWriteTimeout(
                                TimeUnit.MILLISECONDS.toNanos(Long.parseLong(writeTimeoutsMs[i]))));
                callers.add(new Caller(i, config, reporter));
                ready.with("clientId" + i, Shapes.clientId(config.clientId()));
            }
            reporter.tell(ready);
            reporter.flush();
            serve(Orders.of(System.in), callers, reporter);
        } finally {
            CloseHelper.quietCloseAll(callers);
        }
    }

    private static void serve(final Orders orders, final List<Caller> callers, final Reporter reporter)
            throws InterruptedException {
        while (!orders.hasEnded()) {
            int work = 0;
            final Facts order = orders.take(0);
            if (order != null) {
                work++;
                callers.get((int) order.number("client")).obey(order);
            }
            for (final Caller caller : callers) {
                work += caller.doWork();
            }
            reporter.flush();
            if (work == 0) {
                LockSupport.parkNanos(IDLE_NS);
            }
        }
    }
}
