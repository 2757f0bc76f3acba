package io.fencegate.benchmarks.steps.write;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentInvoker;

/**
 * The media driver of steps that go over IPC, with term buffers as the product has them, all touched before. While it is
 * measured nothing runs beside the step: the driver works in the same thread, between two batches, where it cleans terms
 * and moves the limit of publications on, which a batch therefore never meets. While streams are opened and closed, which
 * waits for the driver, it has a thread of its own.
 */
final class StepDriver implements AutoCloseable {
    static final int TERM_LENGTH = 1 << 20;

    private static final String CHANNEL = "aeron:ipc";
    private static final int STREAM_ID = 9100;
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long PARK_NS = 10_000;

    private final String directory = System.getProperty(StepRuns.AERON_DIRECTORY);
    private final MediaDriver driver;
    private final AgentInvoker invoker;
    private final Aeron aeron;
    private Thread starter;
    private volatile boolean isTaken;

    StepDriver() {
        System.setProperty(Aeron.Configuration.PRE_TOUCH_MAPPED_MEMORY_PROP_NAME, "true");
        driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(directory)
                .threadingMode(ThreadingMode.INVOKER)
                .ipcTermBufferLength(TERM_LENGTH)
                .termBufferSparseFile(false)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
        invoker = driver.sharedAgentInvoker();
        giveBack();
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(directory).useConductorAgentInvoker(true));
    }

    Aeron aeron() {
        return aeron;
    }

    String directory() {
        return directory;
    }

    /** From now on the driver works only where it is told to. */
    void take() throws InterruptedException {
        isTaken = true;
        if (starter != null) {
            starter.join();
            starter = null;
        }
    }

    /** A thread of its own lets the driver work again, so that streams can be closed. */
    void giveBack() {
        if (starter != null) {
            return;
        }
        isTaken = false;
        starter = new Thread(this::drive, "step-driver");
        starter.setDaemon(true);
        starter.start();
    }

    private void drive() {
        while (!isTaken) {
            if (invoker.invoke() == 0) {
                LockSupport.parkNanos(PARK_NS);
            }
        }
    }

    /** Between two batches: the driver and its client do what is due. */
    void work() {
        invoker.invoke();
        aeron.conductorAgentInvoker().invoke();
    }

    /** Waits, while opening. */
    void await(final String what, final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean()) {
            aeron.conductorAgentInvoker().invoke();
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException("waited too long: for=" + what);
            }
            Thread.yield();
        }
    }

    /** Opens a stream whose reader is in this thread too. */
    Stream stream() {
        final Subscription subscription = aeron.addSubscription(CHANNEL, STREAM_ID);
        final ExclusivePublication publication = aeron.addExclusivePublication(CHANNEL, STREAM_ID);
        await("stream", () -> publication.isConnected() && subscription.imageCount() > 0);
        return new Stream(this, publication, subscription.imageAtIndex(0));
    }

    @Override
    public void close() {
        giveBack();
        try {
            CloseHelper.close(aeron);
        } finally {
            isTaken = true;
            try {
                starter.join();
            } catch (final InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            CloseHelper.close(driver);
        }
    }

    /** A stream into which a step writes. Its reader skips what was written, between two batches. One thread. */
    record Stream(StepDriver driver, ExclusivePublication publication, Image image) {
        /** What was not sent is offered again, as long as it was not for want of room. */
        void checkRoom() {
            if (publication.availableWindow() < TERM_LENGTH >> 2) {
                throw new WrongAnswerException("no room: window=" + publication.availableWindow());
            }
        }

        /** The reader catches up, and then the driver: the next batch has room. */
        void catchUp() {
            final long end = publication.position();
            while (image.position() < end) {
                final long termEnd = (image.position() | (TERM_LENGTH - 1)) + 1;
                image.position(Math.min(end, termEnd));
            }
            driver.work();
        }
    }
}
