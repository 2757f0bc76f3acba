package io.fencegate.client;

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
final class AeronLink implements Supplier<Aeron>, AutoCloseable {
    private final ClientConfig config;
    private Aeron aeron;
    private volatile Throwable lastError;

    AeronLink(final ClientConfig config) {
        this.config = config;
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
                    .aeronDirectoryName(config.aeronDirectoryName())
                    .driverTimeoutMs(Math.max(1, TimeUnit.NANOSECONDS.toMillis(config.connectTimeoutNs())))
                    .clientName("fencegate-client")
                    .errorHandler(error -> lastError = error));
        } catch (final AeronException ex) {
            lastError = ex;
            throw new NotReachableException("unreachable=mediaDriver directory=" + config.aeronDirectoryName(), ex);
        }
    }

    /** What went wrong last. */
    Throwable lastError() {
        return lastError;
    }

    void onError(final Throwable error) {
        lastError = error;
    }

    @Override
    public void close() {
        CloseHelper.quietClose(aeron);
    }
}
