package io.fencegate.app.launch;

import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.CloseHelper;

/**
 * Things that were launched one after the other, and are closed in reverse. What a failed launch leaves behind is closed
 * the same way.
 *
 * <p>One thread.
 */
public final class Assembly implements AutoCloseable {
    private final Deque<AutoCloseable> launched = new ArrayDeque<>();

    /**
     * Adds what was launched last.
     *
     * @param part to close before all that was added earlier
     * @param <T> its type
     * @return the part
     */
    public <T extends AutoCloseable> T add(final T part) {
        launched.push(part);
        return part;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(launched);
        launched.clear();
    }
}
