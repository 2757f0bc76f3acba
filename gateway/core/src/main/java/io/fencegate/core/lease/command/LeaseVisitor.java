package io.fencegate.core.lease.command;

import org.agrona.DirectBuffer;

/**
 * Is shown the live leases of a page, in the order of their names.
 *
 * <p>Called by the thread that drives the lease table, which must not be called back.
 */
@FunctionalInterface
public interface LeaseVisitor {
    /**
     * One live lease.
     *
     * @param holder clientId of the holder
     * @param token of the lease
     * @param remainingMs what is left of it, in milliseconds of log time, positive
     * @param waiters how many wait for it
     * @param name buffer of the resource's name, borrowed for the call
     * @param offset of the name
     * @param length of the name
     * @return false if there is no room for it: the page ends before this lease
     */
    boolean onLease(long holder, long token, long remainingMs, int waiters, DirectBuffer name, int offset, int length);
}
