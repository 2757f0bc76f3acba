package io.fencegate.client.link;

import io.aeron.Aeron;
import io.aeron.exceptions.AeronException;
import io.fencegate.client.error.NotReachableException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.CloseHelper;

/**
 * The client's link to its media driver: opened at first need, and opened anew where Aeron has ended it (the driver died
 * or was restarted, or this process stood still for longer than the driver waits), as soon as a driver is there again.
 *
 * <p>It does not wait: Aeron's own connect waits for a driver's file and heartbeat, so it is called only where both are
 * there. A driver that was restarted in the same directory is noticed by its new file, long before the old one's
 * heartbeat counts as over.
 *
 * <p>The client's thread; Aeron's conductor thread reports its errors here, and none of them stops the process.
 */
public final class AeronLink implements Supplier<Aeron>, AutoCloseable {
    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long HEARTBEAT_STALE_MS = TimeUnit.SECONDS.toMillis(3);

    private final String aeronDirectoryName;
    private final long driverTimeoutMs;
    private Aeron aeron;
    private DriverProbe driver;
    private long lookedNs;
    private volatile Throwable lastError;

    /**
     * A link that is not opened yet.
     *
     * @param aeronDirectoryName directory of the media driver
     * @param driverTimeoutNs how long a media driver that is not heard of counts as alive, in nanoseconds
     */
    public AeronLink(final String aeronDirectoryName, final long driverTimeoutNs) {
        this.aeronDirectoryName = aeronDirectoryName;
        this.driverTimeoutMs = Math.max(1, TimeUnit.NANOSECONDS.toMillis(driverTimeoutNs));
        this.lookedNs = System.nanoTime() - LOOK_INTERVAL_NS;
    }

    /**
     * A live client of the media driver.
     *
     * @return null if there is none now: what was wrong, {@link #lastError()} tells
     */
    @Override
    public Aeron get() {
        if (aeron != null && (aeron.isClosed() || isReplaced())) {
            disconnect();
        }
        if (aeron == null && isLookDue()) {
            connect();
        }
        return aeron;
    }

    /**
     * Notices a lost or replaced driver, also where nobody asks for a client of it.
     *
     * @return work done
     */
    public int poll() {
        if (aeron == null || !aeron.isClosed() && !isReplaced()) {
            return 0;
        }
        disconnect();
        return 1;
    }

    private boolean isLookDue() {
        final long nowNs = System.nanoTime();
        if (nowNs - lookedNs < LOOK_INTERVAL_NS) {
            return false;
        }
        lookedNs = nowNs;
        return true;
    }

    private boolean isReplaced() {
        if (driver.heartbeatAgeMs() < HEARTBEAT_STALE_MS || !isLookDue()) {
            return false;
        }
        try (DriverProbe found = DriverProbe.open(aeronDirectoryName)) {
            return found != null && !found.isSameDriver(driver) && found.heartbeatAgeMs() < driverTimeoutMs;
        } catch (final AeronException | IllegalStateException ex) {
            lastError = ex;
            return false;
        }
    }

    private void connect() {
        DriverProbe found = null;
        try {
            found = DriverProbe.open(aeronDirectoryName);
            if (found == null || found.heartbeatAgeMs() >= driverTimeoutMs) {
                lastError = new IllegalStateException(
                        found == null ? "no driver's file in the directory" : "the driver there gives no heartbeat");
                return;
            }
            aeron = Aeron.connect(new Aeron.Context()
                    .aeronDirectoryName(aeronDirectoryName)
                    .driverTimeoutMs(driverTimeoutMs)
                    .clientName("fencegate-client")
                    .errorHandler(error -> lastError = error));
            driver = found;
        } catch (final AeronException | IllegalStateException ex) {
            lastError = ex;
        } finally {
            if (aeron == null) {
                CloseHelper.quietClose(found);
            }
        }
    }

    private void disconnect() {
        CloseHelper.quietCloseAll(aeron, driver);
        aeron = null;
        driver = null;
    }

    /**
     * Waits for a live media driver.
     *
     * @param timer of the wait
     * @param timeoutNs longest wait in nanoseconds
     * @throws NotReachableException if there is none
     */
    public void await(final CallTimer timer, final long timeoutNs) {
        timer.begin(timeoutNs);
        while (get() == null) {
            if (timer.isOver()) {
                throw new NotReachableException(
                        "There is no live media driver: unreachable=mediaDriver directory=" + aeronDirectoryName
                                + " waitedMs=" + TimeUnit.NANOSECONDS.toMillis(timeoutNs)
                                + ". Start one there, or name the directory of the one that runs.",
                        lastError);
            }
            timer.idle(0);
        }
    }

    /** Whether there is a client of the media driver. @return true if so, whether or not it lives */
    public boolean isConnected() {
        return aeron != null;
    }

    /** What went wrong last. @return null if nothing did */
    public Throwable lastError() {
        return lastError;
    }

    /** Something went wrong. @param error that is kept until the next one */
    public void onError(final Throwable error) {
        lastError = error;
    }

    @Override
    public void close() {
        disconnect();
    }
}
