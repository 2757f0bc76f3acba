package io.fencegate.benchmarks.steps.write;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * A stream over Aeron IPC into which a step writes. Its reader skips what was written, without reading it, every so many
 * messages, so that the way is never blocked and costs next to nothing. The driver is in this process, on a thread that
 * sleeps between bursts, and cleans the terms as it does in a gateway. One thread.
 */
final class Stream implements AutoCloseable {
    private static final String CHANNEL = "aeron:ipc";
    private static final int STREAM_ID = 9100;
    private static final int TERM_LENGTH = 1 << 24;
    private static final int SKIP_INTERVAL = 1 << 10;
    private static final long CONNECT_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

    private final MediaDriver driver;
    private final Aeron aeron;
    private final ExclusivePublication publication;
    private final Image image;
    private int offers;

    Stream() {
        System.setProperty(Aeron.Configuration.PRE_TOUCH_MAPPED_MEMORY_PROP_NAME, "true");
        final String directory = System.getProperty(StepRuns.AERON_DIRECTORY);
        driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(Path.of(directory).toString())
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new BackoffIdleStrategy(10, 10, 1_000, 1_000_000))
                .ipcTermBufferLength(TERM_LENGTH)
                .termBufferSparseFile(false)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(directory));
        final Subscription subscription = aeron.addSubscription(CHANNEL, STREAM_ID);
        publication = aeron.addExclusivePublication(CHANNEL, STREAM_ID);
        final long deadlineNs = System.nanoTime() + CONNECT_TIMEOUT_NS;
        while (!publication.isConnected() || subscription.imageCount() == 0) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException("the stream does not connect: channel=" + CHANNEL);
            }
            Thread.onSpinWait();
        }
        image = subscription.imageAtIndex(0);
    }

    ExclusivePublication publication() {
        return publication;
    }

    /** A message was written: now and then the reader catches up. */
    void written() {
        if ((++offers & (SKIP_INTERVAL - 1)) == 0) {
            skip();
        }
    }

    /** The reader catches up, one term at a time, as Aeron asks for. */
    void skip() {
        final long end = publication.position();
        while (image.position() < end) {
            final long termEnd = (image.position() | (TERM_LENGTH - 1)) + 1;
            image.position(Math.min(end, termEnd));
        }
    }

    @Override
    public void close() {
        CloseHelper.closeAll(aeron, driver);
    }
}
