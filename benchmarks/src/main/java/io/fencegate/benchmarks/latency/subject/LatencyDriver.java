package io.fencegate.benchmarks.latency.subject;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * The media driver of both subjects, in this process.
 *
 * <p>Over IPC it has one thread that sleeps between bursts, because it is not on the path of a message; it only moves the
 * limit of the publications on. Half a term buffer takes what is sent while it sleeps.
 *
 * <p>Over UDP it is on the path four times for each round trip, and one that sleeps would be all that is measured. It has
 * no thread then, but works in the client's: whenever the client looks for answers, the driver sends and receives first,
 * for both sides. So two threads spin, the client's and the other one of the subject, and two cores suffice. Until the
 * client takes it over, and when subjects close, a thread of its own drives it. A deployed driver has threads of its own:
 * its hand-overs between cores are not in these figures, neither in the subject's nor in the floor's.
 *
 * <p>Unless it is {@link #sparse}, all streams have term buffers of one length, taken and touched before the first
 * message: else the first pass through them measures page faults, and a longer buffer has more of them.
 */
public final class LatencyDriver implements AutoCloseable {
    private static final int TERM_LENGTH = 1 << 20;
    private static final long PARK_NS_MIN = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long PARK_NS_MAX = TimeUnit.MILLISECONDS.toNanos(1);

    private final MediaDriver driver;
    private final AgentInvoker invoker;
    private final Transport transport;
    private Thread starter;
    private volatile boolean isTaken;

    private LatencyDriver(final Transport transport, final boolean isSparse) {
        this.transport = transport;
        // For every Aeron client of this process that is made from now on, also for those that subjects make
        // themselves.
        System.setProperty(Aeron.Configuration.PRE_TOUCH_MAPPED_MEMORY_PROP_NAME, Boolean.toString(!isSparse));
        driver = MediaDriver.launchEmbedded(new MediaDriver.Context()
                .threadingMode(transport == Transport.IPC ? ThreadingMode.SHARED : ThreadingMode.INVOKER)
                .sharedIdleStrategy(new BackoffIdleStrategy(10, 10, PARK_NS_MIN, PARK_NS_MAX))
                .ipcTermBufferLength(TERM_LENGTH)
                .publicationTermBufferLength(TERM_LENGTH)
                .termBufferSparseFile(isSparse)
                .dirDeleteOnShutdown(true)
                .warnIfDirectoryExists(false));
        invoker = driver.sharedAgentInvoker();
        giveBack();
    }

    /**
     * Starts a driver in a directory of its own, which goes when it is closed.
     *
     * @param transport of the messages
     * @return the driver
     */
    public static LatencyDriver launch(final Transport transport) {
        return new LatencyDriver(transport, false);
    }

    /**
     * Starts a driver whose term buffers take memory only as they are written to, for subjects with so many streams that
     * they could not all be taken at once. Warm-up has to pass through those that are measured.
     *
     * @param transport of the messages
     * @return the driver
     */
    public static LatencyDriver sparse(final Transport transport) {
        return new LatencyDriver(transport, true);
    }

    private void drive() {
        while (!isTaken) {
            if (invoker.invoke() == 0) {
                LockSupport.parkNanos(PARK_NS_MIN);
            }
        }
    }

    /** The calling thread, and no other, lets the driver work from now on, if it has no thread of its own. */
    public void take() {
        isTaken = true;
        if (starter != null) {
            try {
                starter.join();
            } catch (final InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the driver was handed over", stopped);
            }
            starter = null;
        }
    }

    /** A thread of its own lets the driver work again, so that subjects can be closed, which waits for its answers. */
    void giveBack() {
        if (invoker != null && starter == null) {
            isTaken = false;
            starter = new Thread(this::drive, "latency-driver");
            starter.setDaemon(true);
            starter.start();
        }
    }

    /** Lets the driver work, if it has no thread of its own. @return work done */
    int doWork() {
        return invoker == null ? 0 : invoker.invoke();
    }

    /** How messages travel. @return the transport */
    public Transport transport() {
        return transport;
    }

    /** Where it keeps its buffers. @return the directory */
    public String aeronDirectory() {
        return driver.aeronDirectoryName();
    }

    /** Where it keeps its buffers. @return the directory */
    public Path directory() {
        return Path.of(driver.aeronDirectoryName());
    }

    @Override
    public void close() {
        try {
            take();
        } finally {
            driver.close();
        }
    }
}
