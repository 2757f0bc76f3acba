package io.fencegate.benchmarks.throughput;

import io.fencegate.benchmarks.rig.WriteStream;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.benchmarks.throughput.SyncFloor.Limit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/**
 * Every stream of a gateway with one write under way: as soon as it is answered, the next is offered. A latency is from
 * just before an offer until the client's thread has taken the answer.
 *
 * <p>Client thread, which turns from stream to stream.
 */
final class ClosedWriters {
    /** The gateway lets answers leave before it counts the sync that they waited for. */
    private static final long SYNC_COUNTED_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private final FlowGateway gateway;
    private final List<WriteStream> streams;
    private final long[] offeredNs;
    private final Patience patience;

    ClosedWriters(final FlowGateway gateway, final Patience patience) {
        this.gateway = gateway;
        this.patience = patience;
        streams = gateway.streams();
        offeredNs = new long[streams.size()];
        gateway.open(false);
    }

    /**
     * Measures.
     *
     * @param limit of the block
     * @param stopped turns true when the user has had enough
     * @return what the writes took
     */
    SyncedFlow block(final Limit limit, final BooleanSupplier stopped) {
        gateway.open(true);
        write(new Limit(Limit.RUN_IN, Long.MAX_VALUE), Limit.histogram(), () -> false);
        LockSupport.parkNanos(SYNC_COUNTED_NS);
        final long syncsBefore = gateway.syncs();
        final Histogram latencies = Limit.histogram();
        final long writes = write(limit, latencies, stopped);
        LockSupport.parkNanos(SYNC_COUNTED_NS);
        gateway.open(false);
        final long syncs = gateway.syncs() - syncsBefore;
        if (syncs < 1) {
            throw new WrongAnswerException("writes=" + writes + " were answered without a sync: syncs=" + syncs);
        }
        return new SyncedFlow(writes, syncs, latencies);
    }

    /** Returns when every write that was offered is answered. */
    private long write(final Limit limit, final Histogram latencies, final BooleanSupplier stopped) {
        final long startNs = System.nanoTime();
        long offersLeft = (long) limit.writes() * streams.size();
        long writes = 0;
        int underWay = 0;
        for (int i = 0; i < offeredNs.length; i++) {
            offer(i);
            underWay++;
            offersLeft--;
        }
        while (underWay > 0) {
            int workCount = 0;
            for (int i = 0; i < offeredNs.length; i++) {
                final WriteStream stream = streams.get(i);
                final long before = stream.answered();
                workCount += stream.poll();
                if (stream.answered() > before) {
                    final long nowNs = System.nanoTime();
                    latencies.recordValue(nowNs - offeredNs[i]);
                    writes++;
                    underWay--;
                    if (offersLeft > 0 && nowNs - startNs < limit.nanos() && !stopped.getAsBoolean()) {
                        offer(i);
                        underWay++;
                        offersLeft--;
                    }
                }
            }
            gateway.checkAlive();
            patience.after(workCount);
        }
        return writes;
    }

    private void offer(final int index) {
        offeredNs[index] = System.nanoTime();
        if (!streams.get(index).offer()) {
            throw new WrongAnswerException(
                    "a write was not taken though none of its stream is under way: stream=" + index);
        }
    }
}
