package io.fencegate.client;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;

/** A media driver on one thread that leaves the processor alone when there is nothing to do. */
final class TestDriver {
    private TestDriver() {}

    static MediaDriver launch(final Path directory) {
        return MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(directory.toString())
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new BackoffIdleStrategy(10, 10, 1_000, 200_000))
                .termBufferSparseFile(true)
                .ipcTermBufferLength(1 << 20)
                .publicationTermBufferLength(1 << 20)
                .timerIntervalNs(TimeUnit.MILLISECONDS.toNanos(100))
                .publicationLingerTimeoutNs(TimeUnit.MILLISECONDS.toNanos(200))
                .imageLivenessTimeoutNs(TimeUnit.SECONDS.toNanos(2))
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
    }

    /** Settings for calls that shall succeed, however slow the machine is. */
    static ClientConfig config(final Path directory) {
        return config(directory, 10_000, 60_000);
    }

    /** Settings for calls whose answers get lost. */
    static ClientConfig hasty(final Path directory) {
        return config(directory, 400, 60_000);
    }

    /** Settings for calls that shall not succeed. */
    static ClientConfig impatient(final Path directory) {
        return config(directory, 400, 1_500);
    }

    static ClientConfig config(final Path directory, final long attemptMs, final long callMs) {
        return ClientConfig.of(directory.toString())
                .withGateway("aeron:ipc")
                .withTimeouts(
                        TimeUnit.MILLISECONDS.toNanos(callMs),
                        TimeUnit.MILLISECONDS.toNanos(attemptMs),
                        TimeUnit.SECONDS.toNanos(10));
    }
}
