package io.fencegate.verification.capacity;

import io.fencegate.codecs.wire.ListLeasesEncoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.core.grant.SealKey;
import io.fencegate.sequencer.charter.Charter;
import io.fencegate.sequencer.counters.CounterMirror;
import io.fencegate.sequencer.counters.SequencerCounters;
import io.fencegate.sequencer.service.SequencerService;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The sequencer's service as it ships, told a log by hand: many leases begin, all end at one time, and commands come
 * while they are ended. What is measured is the service alone, callback by callback.
 *
 * <p>One thread.
 */
final class ServiceRun {
    private static final long TICK_MS = 100;
    private static final long TTL_MS = 60_000;
    private static final long STEP_MS = 5_000;
    private static final int COMMANDS_PER_TICK = 10;
    private static final int ENTRY_LENGTH = 256;

    private final Load load;
    private final Outlet session = new Outlet();
    private final HandLog log = new HandLog(session);
    private final SequencerCounters counters = new SequencerCounters();
    private final SequencerService service;
    private final UnsafeBuffer listing = new UnsafeBuffer(new byte[64]);
    private long timestampMs = 1;
    private long requestId;

    ServiceRun(final Load load) {
        this.load = load;
        service = new SequencerService(
                new Charter(1, TICK_MS, load.limits()),
                SealKey.Source.of(),
                counters,
                new CounterMirror(0, load.limits(), 1, counters));
    }

    ServiceFigures run() {
        service.onStart(log, null);
        service.onNewLeadershipTermEvent(1, 0, timestampMs, 0, 0, 0, TimeUnit.MILLISECONDS, 1);
        service.onTimerEvent(log.timerId(), timestampMs); // This founds the cluster.
        service.onSessionOpen(session, timestampMs);
        final long heapBefore = heapBytes();
        final Stopwatch fill = new Stopwatch();
        for (int i = 0; i < load.leases(); i++) {
            command(fill, load.buffer(), load.acquire(i, TTL_MS));
        }
        final long granted = session.granted();
        final long heapBytes = heapBytes() - heapBefore;
        final long[] snapshot = new long[2];
        final long tellBegan = System.nanoTime();
        service.tell((buffer, offset, length) -> {
            snapshot[0] += length;
            snapshot[1]++;
        });
        final long tellNs = System.nanoTime() - tellBegan;
        final long listNs = endAll();
        final Stopwatch ticks = new Stopwatch();
        final Stopwatch commands = new Stopwatch();
        while (counters.leases() > 0) {
            tick(ticks);
            for (int i = 0; i < COMMANDS_PER_TICK && counters.leases() > 0; i += 2) {
                command(commands, load.buffer(), load.probe(++requestId, TTL_MS));
                command(commands, load.buffer(), load.endProbe(++requestId, session.tokenLast()));
            }
        }
        return new ServiceFigures(fill, ticks, commands, granted, heapBytes, listNs, snapshot[0], snapshot[1], tellNs);
    }

    /** Lets time go on until every lease is over, and asks for a page of those that are not. */
    private long endAll() {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH
                + new ListLeasesEncoder()
                        .wrapAndApplyHeader(listing, 0, new MessageHeaderEncoder())
                        .clientId(Load.PROBE_CLIENT)
                        .requestId(1)
                        .prefix("")
                        .after("")
                        .encodedLength();
        final Stopwatch lists = new Stopwatch();
        for (long passed = 0; passed < TTL_MS; passed += STEP_MS) {
            timestampMs += STEP_MS;
            command(lists, listing, length);
        }
        return lists.longestCpuNs();
    }

    private void tick(final Stopwatch stopwatch) {
        timestampMs++;
        log.append(ENTRY_LENGTH);
        final long events = counters.leaseEvents();
        final long timerId = log.timerId();
        stopwatch.start();
        service.onTimerEvent(timerId, timestampMs);
        stopwatch.stop();
        service.doBackgroundWork(0);
        stopwatch.work(counters.leaseEvents() - events);
    }

    private void command(final Stopwatch stopwatch, final UnsafeBuffer buffer, final int length) {
        log.append(ENTRY_LENGTH);
        final long events = counters.leaseEvents();
        stopwatch.start();
        service.onSessionMessage(session, timestampMs, buffer, 0, length, null);
        stopwatch.stop();
        service.doBackgroundWork(0);
        stopwatch.work(counters.leaseEvents() - events);
    }

    private static long heapBytes() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
