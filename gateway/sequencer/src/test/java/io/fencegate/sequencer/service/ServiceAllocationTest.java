package io.fencegate.sequencer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.aeron.DirectBufferVector;
import io.aeron.Publication;
import io.aeron.cluster.service.ClientSession;
import io.aeron.logbuffer.BufferClaim;
import io.fencegate.codecs.wire.AcquireEncoder;
import io.fencegate.codecs.wire.DeniedDecoder;
import io.fencegate.codecs.wire.GrantedDecoder;
import io.fencegate.codecs.wire.LeaseEventDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.QueuedDecoder;
import io.fencegate.codecs.wire.ReleaseEncoder;
import io.fencegate.codecs.wire.ReleasedDecoder;
import io.fencegate.codecs.wire.RenewEncoder;
import io.fencegate.codecs.wire.RenewedDecoder;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.WireCommands;
import io.fencegate.sequencer.charter.Charter;
import io.fencegate.sequencer.counters.CounterMirror;
import io.fencegate.sequencer.counters.SequencerCounters;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * After warm-up no command, tick or session message makes garbage, from the bytes that come in to the bytes that go out:
 * counted by the JVM, exactly, on the thread that runs the service.
 */
final class ServiceAllocationTest {
    private static final int WARM_UP = 20_000;
    private static final int COUNTED = 5_000;
    private static final int ROUNDS_MAX = 10;
    private static final int TEMPLATES = 128;
    private static final long HOLDER = 0x1122334455667788L;
    private static final long OTHER = 0x2122334455667788L;
    private static final long TERM = 3;
    private static final LeaseLimits LIMITS = new LeaseLimits(16, 4, 8, 32, 4, 4, 8, 10_000);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final RigCluster cluster = new RigCluster();
    private final SequencerCounters counters = new SequencerCounters();
    private final FailStopService service = new FailStopService(
            new SequencerService(
                    new Charter(1, 100, LIMITS),
                    SealKey.Source.of(SealKey.parse("000102030405060708090a0b0c0d0e0f")),
                    counters,
                    new CounterMirror(0, LIMITS, 20, counters)),
            0,
            (memberId, reason, message, cause) -> fail(message, cause),
            counters);
    private final Outlet holder = new Outlet(101);
    private final Outlet other = new Outlet(102);

    private final Message acquire = new Message(commands -> commands.acquire(HOLDER, 0, 1000, 0, "orders/7"));
    private final Message contend = new Message(commands -> commands.acquire(OTHER, 0, 1000, 0, "orders/7"));
    private final Message wait = new Message(commands -> commands.acquire(OTHER, 0, 1000, 5000, "orders/7"));
    private final Message waitToo = new Message(commands -> commands.acquire(HOLDER, 0, 1000, 5000, "orders/7"));
    private final Message renew = new Message(commands -> commands.renew(HOLDER, 0, 1, 2000, "orders/7"));
    private final Message release = new Message(commands -> commands.release(HOLDER, 0, 1, "orders/7"));
    private final Message passing = new Message(commands -> commands.acquire(0, 1, 50, 0, "a/resource/of/a/passer-by"));
    private final Message watch = new Message(commands -> commands.watch(OTHER, 5, "orders/"));
    private long requestId = 1000;
    private long passer = 1L << 40;
    private long now = 1_700_000_000_000L;

    @Test
    void leasesAreGrantedRenewedReleasedHandedOverAndExpireWithoutGarbage() {
        cluster.sessions.put(holder.id, holder);
        cluster.sessions.put(other.id, other);
        service.onStart(cluster, null);
        service.onNewLeadershipTermEvent(TERM, 64, now, 0, 0, 0, TimeUnit.MILLISECONDS, 1);
        while (cluster.timers.size() > 0) {
            fireNext(); // This founds the cluster, and makes its key a live one.
        }
        service.onSessionOpen(holder, now);
        service.onSessionOpen(other, now);
        say(other, watch);
        turn(WARM_UP);
        holder.forget();
        other.forget();

        assertEquals(0, allocatedInLeastRound(), "bytes allocated in each round");

        assertTrue(holder.count(GrantedDecoder.TEMPLATE_ID) >= 4 * COUNTED, "granted, repeated, pushed, to passers-by");
        assertTrue(holder.count(RenewedDecoder.TEMPLATE_ID) >= COUNTED, "renewed");
        assertTrue(holder.count(ReleasedDecoder.TEMPLATE_ID) >= 2 * COUNTED, "released");
        assertTrue(holder.count(QueuedDecoder.TEMPLATE_ID) >= COUNTED, "queued behind the other");
        assertTrue(other.count(DeniedDecoder.TEMPLATE_ID) >= COUNTED, "denied");
        assertTrue(other.count(GrantedDecoder.TEMPLATE_ID) >= COUNTED, "granted after a wait");
        assertTrue(other.count(LeaseEventDecoder.TEMPLATE_ID) >= 6 * COUNTED, "events");
        assertEquals(0, counters.egressFailures());
    }

    /** The JVM allocates a few bytes of its own when it swaps compiled code; the service would in every round. */
    private long allocatedInLeastRound() {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS_MAX && least > 0; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            turn(COUNTED);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private void turn(final int count) {
        for (int i = 0; i < count; i++) {
            now += 10;
            say(holder, acquire.put(AcquireEncoder.requestIdEncodingOffset(), ++requestId));
            final long token = holder.token;
            say(other, contend.put(AcquireEncoder.requestIdEncodingOffset(), ++requestId));
            say(holder, acquire);
            renew.put(RenewEncoder.tokenEncodingOffset(), token);
            say(holder, renew.put(RenewEncoder.requestIdEncodingOffset(), ++requestId));
            say(other, wait.put(AcquireEncoder.requestIdEncodingOffset(), ++requestId));
            release.put(ReleaseEncoder.tokenEncodingOffset(), token);
            say(holder, release.put(ReleaseEncoder.requestIdEncodingOffset(), ++requestId));
            say(holder, waitToo.put(AcquireEncoder.requestIdEncodingOffset(), ++requestId));
            say(holder, passing.put(AcquireEncoder.clientIdEncodingOffset(), ++passer));
            now += 1000; // The other's lease is over; who waits is granted by the tick.
            fireNext();
            release.put(ReleaseEncoder.tokenEncodingOffset(), holder.token);
            say(holder, release.put(ReleaseEncoder.requestIdEncodingOffset(), ++requestId));
            service.doBackgroundWork(0);
        }
    }

    private void say(final Outlet session, final Message message) {
        cluster.logPosition += 128;
        service.onSessionMessage(session, now, message.bytes, 0, message.length, null);
    }

    private void fireNext() {
        final long timerId = cluster.timers.keySet().iterator().nextValue();
        cluster.timers.remove(timerId);
        cluster.logPosition += 64;
        service.onTimerEvent(timerId, now);
    }

    /** Encodes a command once. */
    @FunctionalInterface
    private interface Encoding {
        int encode(WireCommands commands);
    }

    /** A command of which only numbers change. */
    private static final class Message {
        private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[512]);
        private final int length;

        Message(final Encoding encoding) {
            length = encoding.encode(new WireCommands(bytes, 0));
        }

        Message put(final int fieldOffset, final long value) {
            bytes.putLong(MessageHeaderDecoder.ENCODED_LENGTH + fieldOffset, value, ByteOrder.LITTLE_ENDIAN);
            return this;
        }
    }

    /** A session that copies what it is offered, as a term buffer does, and counts it by template. */
    private static final class Outlet implements ClientSession {
        private final long id;
        private final UnsafeBuffer term = new UnsafeBuffer(new byte[2048]);
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final GrantedDecoder granted = new GrantedDecoder();
        private final long[] counts = new long[TEMPLATES];
        private long token;

        Outlet(final long id) {
            this.id = id;
        }

        void forget() {
            Arrays.fill(counts, 0);
        }

        long count(final int templateId) {
            return counts[templateId];
        }

        @Override
        public long offer(final DirectBuffer buffer, final int offset, final int length) {
            term.putBytes(0, buffer, offset, length);
            header.wrap(term, 0);
            counts[header.templateId()]++;
            if (header.templateId() == GrantedDecoder.TEMPLATE_ID) {
                granted.wrapAndApplyHeader(term, 0, header);
                token = granted.clientId() == HOLDER ? granted.token() : token;
            }
            return length;
        }

        @Override
        public long id() {
            return id;
        }

        @Override
        public int responseStreamId() {
            return 102;
        }

        @Override
        public String responseChannel() {
            return "";
        }

        @Override
        public byte[] encodedPrincipal() {
            return new byte[0];
        }

        @Override
        public void close() {
            throw new AssertionError("nobody closes sessions");
        }

        @Override
        public boolean isClosing() {
            return false;
        }

        @Override
        public long offer(final DirectBufferVector[] vectors) {
            return Publication.NOT_CONNECTED;
        }

        @Override
        public long tryClaim(final int length, final BufferClaim bufferClaim) {
            return Publication.NOT_CONNECTED;
        }
    }
}
