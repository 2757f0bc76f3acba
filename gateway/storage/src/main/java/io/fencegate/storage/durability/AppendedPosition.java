package io.fencegate.storage.durability;

import java.util.concurrent.atomic.AtomicLong;

/** How far the line has appended to the journal: published by the line's thread, read by the sync agent's. */
public final class AppendedPosition {
    private final AtomicLong position = new AtomicLong();

    /**
     * The line's thread.
     *
     * @param appended position of the last record
     */
    public void publish(final long appended) {
        if (appended != position.getPlain()) {
            position.setRelease(appended);
        }
    }

    /** Any thread. @return position of the last record that the line told of */
    public long get() {
        return position.getAcquire();
    }
}
