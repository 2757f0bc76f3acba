package io.fencegate.core.lease.order;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A resource's name, kept once for all that refer to it: its lease, and what was asked about it. It goes back to its
 * pool when the last of them lets go; until then its bytes stay as they are.
 *
 * <p>Filled by its pool only. One thread.
 */
public final class Name extends UnsafeBuffer {
    private final NamePool pool;
    private final byte[] slot;
    private int holders;
    private Name nextFree;

    Name(final NamePool pool, final int slotLength) {
        super(new byte[slotLength]);
        this.pool = pool;
        slot = byteArray();
    }

    /** Somebody refers to it from now on. @return this */
    public Name hold() {
        holders++;
        return this;
    }

    /** Somebody who held it refers to it no more. */
    public void letGo() {
        if (--holders == 0) {
            pool.take(this);
        }
    }

    int slotLength() {
        return slot.length;
    }

    /** As long as the name, and no longer. */
    Name resize(final int length) {
        wrap(slot, 0, length);
        return this;
    }

    Name nextFree() {
        return nextFree;
    }

    void nextFree(final Name name) {
        nextFree = name;
    }
}
