package io.fencegate.storage.wire;

import static io.fencegate.storage.wire.WireFixture.ALICE;
import static io.fencegate.storage.wire.WireFixture.T1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.aeron.ExclusivePublication;
import io.aeron.logbuffer.FragmentHandler;
import io.fencegate.codecs.wire.LastRecordDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.codecs.wire.ReadEncoder;
import io.fencegate.codecs.wire.WriteAcceptedDecoder;
import io.fencegate.codecs.wire.WriteEncoder;
import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.Verdict;
import io.fencegate.storage.session.SessionLimits;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After warm-up the line makes no garbage: counted on its own thread, over shared memory, with everything real. */
class LineAllocationTest {
    private static final int PENDING_MAX = 200;
    private static final int WRITES = 1_000_000;
    private static final int READS = 200_000;
    private static final int WARM_UP = 100_000;
    private static final int ROUNDS = 30;
    private static final byte[] PAYLOAD = new byte[32];

    @TempDir
    Path directory;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[128]);
    private final WriteEncoder write = new WriteEncoder();
    private final FragmentHandler onAnswer = (buffer, offset, length, header) -> onAnswer(buffer, offset);
    private WireFixture fixture;
    private WireClient client;
    private int answered;
    private int answersOfOtherKinds;
    private long sequence;

    @BeforeEach
    void start() throws Exception {
        fixture = new WireFixture(directory);
        // One mapped block for the whole test: taking another is no work of the line's.
        fixture.blockLength = 1 << 30;
        fixture.limits = new SessionLimits(4, 256, 30_000_000_000L, 10_000_000_000L, 2);
        fixture.launch();
        client = fixture.welcomed(ALICE);
        assertEquals("Opened", client.open("orders", T1).name);
    }

    @AfterEach
    void stop() {
        client.close();
        fixture.close();
    }

    @Test
    void aMillionWritesAndManyReadsLeaveNoGarbageOnTheLine() {
        final long line = lineThread();
        encodeWrite();
        assertEquals(0, garbageOnceWarm(line, WRITES, this::nextWrite), "bytes allocated by " + WRITES + " writes");
        assertEquals(sequence, fixture.gateway.counters().answers(Verdict.ACCEPTED));

        final int length = encodeRead();
        assertEquals(0, garbageOnceWarm(line, READS, () -> length), "bytes allocated by " + READS + " reads");
        assertEquals(0, answersOfOtherKinds);
    }

    private long garbageOnceWarm(final long line, final int count, final Request next) {
        // Warm once a short round leaves nothing behind; the compiler decides when.
        for (int round = 0; round < ROUNDS; round++) {
            if (round > 1 && garbage(line, WARM_UP, next) == 0) {
                final long garbage = garbage(line, count, next);
                if (garbage == 0) {
                    return 0;
                }
            } else {
                exchange(WARM_UP, next);
            }
        }
        return garbage(line, count, next);
    }

    private long garbage(final long line, final int count, final Request next) {
        final long before = threads.getThreadAllocatedBytes(line);
        exchange(count, next);
        return threads.getThreadAllocatedBytes(line) - before;
    }

    private void exchange(final int count, final Request next) {
        final ExclusivePublication requests = client.requests;
        final long deadline = System.nanoTime() + 100_000_000_000L;
        answered = 0;
        int sent = 0;
        int length = next.next();
        while (answered < count) {
            if (sent < count && sent - answered < PENDING_MAX && requests.offer(message, 0, length) > 0) {
                sent++;
                length = sent < count ? next.next() : length;
            }
            if (client.answers.poll(onAnswer, 64) == 0 && System.nanoTime() - deadline > 0) {
                throw new AssertionError("answered=" + answered + " sent=" + sent);
            }
        }
    }

    private void onAnswer(final org.agrona.DirectBuffer buffer, final int offset) {
        final int template = buffer.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset());
        answered++;
        if (template != WriteAcceptedDecoder.TEMPLATE_ID && template != LastRecordDecoder.TEMPLATE_ID) {
            answersOfOtherKinds++;
        }
    }

    private void encodeWrite() {
        final int crc = new PayloadCrc().compute(new UnsafeBuffer(PAYLOAD), 0, PAYLOAD.length);
        write.wrapAndApplyHeader(message, 0, new MessageHeaderEncoder())
                .token(T1)
                .handle(0)
                .payloadCrc(crc & 0xFFFF_FFFFL)
                .putPayload(PAYLOAD, 0, PAYLOAD.length);
    }

    private int nextWrite() {
        write.sequence(++sequence);
        return 8 + WriteEncoder.BLOCK_LENGTH + 4 + PAYLOAD.length;
    }

    private int encodeRead() {
        final byte[] name = "orders".getBytes(StandardCharsets.UTF_8);
        final ReadEncoder read = new ReadEncoder().wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        read.correlationId(1).putResource(name, 0, name.length);
        return 8 + read.encodedLength();
    }

    private static long lineThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> "fencegate-line".equals(thread.getName()))
                .findFirst()
                .orElseThrow()
                .getId();
    }

    /** Puts the next request into the message. */
    private interface Request {
        int next();
    }
}
