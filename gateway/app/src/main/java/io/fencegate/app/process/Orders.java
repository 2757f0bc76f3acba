package io.fencegate.app.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a process is told to do, line by line, by the one that started it.
 *
 * <p>A thread of its own reads; one other thread takes.
 */
public final class Orders {
    private static final String END = "\0";

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private boolean ended;

    private Orders() {}

    /**
     * Begins to read.
     *
     * @param in standard input of this process
     * @return the orders
     */
    public static Orders of(final InputStream in) {
        final Orders orders = new Orders();
        final Thread reader = new Thread(() -> orders.read(in), "input");
        reader.setDaemon(true);
        reader.start();
        return orders;
    }

    /**
     * Waits for the next order.
     *
     * @param timeoutMs longest wait in milliseconds; 0: does not wait
     * @return the order; null if there is none yet, or the end has come
     * @throws InterruptedException if the process is to end
     */
    public Facts take(final long timeoutMs) throws InterruptedException {
        final String line = timeoutMs == 0 ? lines.poll() : lines.poll(timeoutMs, TimeUnit.MILLISECONDS);
        if (END.equals(line)) {
            ended = true;
            return null;
        }
        return line == null ? null : Facts.parse(line);
    }

    /**
     * Whether the end was taken: nothing more is ordered, and the process is to end.
     *
     * @return true from then on
     */
    public boolean hasEnded() {
        return ended;
    }

    private void read(final InputStream in) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (final IOException broken) {
            lines.add(END);
            return;
        }
        lines.add(END);
    }
}
