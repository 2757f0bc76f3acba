package io.fencegate.core.lease.command;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Which live leases are asked for: those whose names begin with a prefix and come after a name, up to a count. Wraps the
 * buffers that it is given: they are borrowed until the page was listed.
 *
 * <p>Mutable and reused; one thread.
 */
public final class LeasePage {
    private static final byte[] EMPTY = new byte[0];

    private final UnsafeBuffer prefix = new UnsafeBuffer(EMPTY);
    private final UnsafeBuffer after = new UnsafeBuffer(EMPTY);
    private int leasesMax;

    /**
     * Asks only for names that begin so.
     *
     * @param buffer holding the prefix
     * @param offset of its first byte
     * @param length in bytes; 0: all names
     * @return this
     */
    public LeasePage prefix(final DirectBuffer buffer, final int offset, final int length) {
        prefix.wrap(buffer, offset, length);
        return this;
    }

    /**
     * Asks only for names behind this one, which need not exist.
     *
     * @param buffer holding the name
     * @param offset of its first byte
     * @param length in bytes; 0: from the start
     * @return this
     */
    public LeasePage after(final DirectBuffer buffer, final int offset, final int length) {
        after.wrap(buffer, offset, length);
        return this;
    }

    /**
     * Says how many at most.
     *
     * @param leasesMax leases on this page, from 0
     * @return this
     */
    public LeasePage atMost(final int leasesMax) {
        this.leasesMax = leasesMax;
        return this;
    }

    /** The beginning of all names asked for. @return of 0 bytes or more */
    public DirectBuffer prefix() {
        return prefix;
    }

    /** The name behind which the page begins. @return of 0 bytes or more */
    public DirectBuffer after() {
        return after;
    }

    /** How many leases are asked for at most. @return from 0 */
    public int leasesMax() {
        return leasesMax;
    }
}
