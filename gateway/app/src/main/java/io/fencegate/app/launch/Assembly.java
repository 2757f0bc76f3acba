package io.fencegate.app.launch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;

/**
 * Things that were launched one after the other, and are closed in reverse. What a failed launch leaves behind is closed
 * the same way.
 *
 * <p>One thread.
 */
public final class Assembly implements AutoCloseable {
    /** The end came before everything was launched. */
    public static final class EndedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private EndedException() {
            super("ended while it was launched", null, false, false);
        }
    }

    private final Deque<AutoCloseable> launched = new ArrayDeque<>();
    private final BooleanSupplier isOver;

    /**
     * Nothing yet.
     *
     * @param isOver whether the launch is not wanted any more
     */
    public Assembly(final BooleanSupplier isOver) {
        this.isOver = isOver;
    }

    /**
     * Adds what was launched last.
     *
     * @param part to close before all that was added earlier
     * @param <T> its type
     * @return the part
     * @throws EndedException if nothing more shall be launched
     */
    public <T extends AutoCloseable> T add(final T part) {
        launched.push(part);
        checkWanted();
        return part;
    }

    /**
     * Looks for the end while something is awaited.
     *
     * @throws EndedException if nothing more shall be launched
     */
    public void checkWanted() {
        if (isOver.getAsBoolean()) {
            throw new EndedException();
        }
    }

    @Override
    public void close() {
        CloseHelper.closeAll(launched);
        launched.clear();
    }
}
