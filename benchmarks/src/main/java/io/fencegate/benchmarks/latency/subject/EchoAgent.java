package io.fencegate.benchmarks.latency.subject;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/**
 * The other thread of the floor: appends each message to a Chronicle queue, raw, and sends it back. It owns the queue,
 * because Chronicle binds an appender to its thread.
 */
final class EchoAgent implements Agent {
    private static final int FRAGMENTS_MAX = 10;
    private static final int TRIES_MAX = 1_000_000;

    private final Subscription requests;
    private final ExclusivePublication answers;
    private final Path directory;
    private final PointerBytesStore bytes = BytesStore.nativePointer();
    private final FragmentHandler onPing = this::onPing;
    private SingleChronicleQueue queue;
    private ExcerptAppender appender;

    EchoAgent(final Subscription requests, final ExclusivePublication answers, final Path directory) {
        this.requests = requests;
        this.answers = answers;
        this.directory = directory;
    }

    @Override
    public void onStart() {
        queue = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(LargeRollCycles.LARGE_DAILY)
                .blockSize(SubjectConfig.JOURNAL_BLOCK_LENGTH)
                .build();
        appender = queue.createAppender();
    }

    @Override
    public int doWork() {
        return requests.poll(onPing, FRAGMENTS_MAX);
    }

    private void onPing(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        bytes.set(buffer.addressOffset() + offset, length);
        appender.writeBytes(bytes);
        for (int i = 0; i < TRIES_MAX; i++) {
            if (answers.offer(buffer, offset, length) > 0) {
                return;
            }
        }
        throw new IllegalStateException("the floor's client takes no answers: tries=" + TRIES_MAX);
    }

    @Override
    public void onClose() {
        CloseHelper.closeAll(appender, queue);
    }

    @Override
    public String roleName() {
        return "floor-echo";
    }
}
