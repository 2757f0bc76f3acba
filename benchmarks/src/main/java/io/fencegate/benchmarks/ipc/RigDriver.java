package io.fencegate.benchmarks.ipc;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * The media driver of both subjects, in this process: one thread that sleeps between bursts, because over IPC it is not on
 * the path of a message; it only moves the limit of the publications on. Term buffers are long enough for what is sent
 * while it sleeps.
 */
final class RigDriver {
    private static final int TERM_LENGTH = 16 << 20;
    private static final long PARK_NS_MIN = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long PARK_NS_MAX = TimeUnit.MILLISECONDS.toNanos(1);

    private RigDriver() {}

    /**
     * Starts a driver in a directory of its own, which goes when it is closed.
     *
     * @return the driver
     */
    static MediaDriver launch() {
        return MediaDriver.launchEmbedded(new MediaDriver.Context()
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new BackoffIdleStrategy(10, 10, PARK_NS_MIN, PARK_NS_MAX))
                .ipcTermBufferLength(TERM_LENGTH)
                .dirDeleteOnShutdown(true)
                .warnIfDirectoryExists(false));
    }
}
