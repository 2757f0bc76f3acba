package io.fencegate.client.link;

import io.aeron.Aeron;
import io.aeron.exceptions.AeronException;
import io.fencegate.client.error.NotReachableException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.CloseHelper;

/**
 * The client's link to its media driver: opened at first need, and opened anew where Aeron has ended it (the driver
 * restarted, or this process stood still for longer than the driver waits).
 *
 * <p>The client's thread; Aeron's conductor thread reports its errors here, and none of them stops the process.
 */
public final class AeronLink implements Supplier<Aeron>, AutoCloseable {
    private final String aeronDirectoryName;
    private final long driverTimeoutNs;
    private Aeron aeron;
    private volatile Throwable lastError;

    /**
     * A link that is not opened yet.
     *
     * @param aeronDirectoryName directory of the media driver
     * @param driverTimeoutNs how long a media driver that is not heard of counts as alive, in nanoseconds
     */
    public AeronLink(final String aeronDirectoryName, final long driverTimeoutNs) {
        this.aeronDirectoryName = aeronDirectoryName;
        this.driverTimeoutNs = driverTimeoutNs;
    }

    @Override
    public Aeron get() {
        if (aeron == null || aeron.isClosed()) {
            CloseHelper.quietClose(aeron);
            aeron = connect();
        }
        return aeron;
    }

    private Aeron connect() {
        try {
            return Aeron.connect(new Aeron.Context()
                    .aeronDirectoryName(aeronDirectoryName)
                    .driverTimeoutMs(Math.max(1, TimeUnit.NANOSECONDS.toMillis(driverTimeoutNs)))
                    .clientName("fencegate-client")
                    .errorHandler(error -> lastError = error));
        } catch (final AeronException ex) {
            lastError = ex;
            throw new NotReachableException("unreachable=mediaDriver directory=" + aeronDirectoryName, ex);
        }
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
        CloseHelper.quietClose(aeron);
    }
}
