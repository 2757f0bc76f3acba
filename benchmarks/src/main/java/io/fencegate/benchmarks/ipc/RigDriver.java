package io.fencegate.benchmarks.ipc;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * The media driver of both subjects, in this process: one thread that sleeps between bursts, because over IPC it is not on
 * the path of a message; it only moves the limit of the publications on. Half a term buffer takes what is sent while it
 * sleeps. All four streams have term buffers of one length, taken and touched before the first message: else the first
 * pass through them measures page faults, and a longer buffer has more of them.
 */
final class RigDriver {
    private static final int TERM_LENGTH = 1 << 20;
    private static final long PARK_NS_MIN = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long PARK_NS_MAX = TimeUnit.MILLISECONDS.toNanos(1);

    private RigDriver() {}

    /**
     * Starts a driver in a directory of its own, which goes when it is closed.
     *
     * @return the driver
     */
    static MediaDriver launch() {
        // For every Aeron client of this process, also for those that the subjects make themselves.
        System.setProperty(Aeron.Configuration.PRE_TOUCH_MAPPED_MEMORY_PROP_NAME, "true");
        return MediaDriver.launchEmbedded(new MediaDriver.Context()
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new BackoffIdleStrategy(10, 10, PARK_NS_MIN, PARK_NS_MAX))
                .ipcTermBufferLength(TERM_LENGTH)
                .termBufferSparseFile(false)
                .dirDeleteOnShutdown(true)
                .warnIfDirectoryExists(false));
    }
}
