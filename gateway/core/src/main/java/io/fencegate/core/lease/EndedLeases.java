package io.fencegate.core.lease;

import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.lease.command.LeaseLimits;

/**
 * How the latest leases of one client ended, so that it can be told when it asks for one of them too late. Takes no
 * memory until the first one ends, and keeps it for the next client.
 *
 * <p>One thread.
 */
final class EndedLeases {
    private static final int KEPT = LeaseLimits.ENDS_PER_CLIENT;

    private long[] tokens;
    private byte[] ends;
    private int size;
    private int oldest;

    void add(final long token, final LeaseEnd end) {
        if (tokens == null) {
            tokens = new long[KEPT];
            ends = new byte[KEPT];
        }
        final int slot = (oldest + size) % KEPT;
        tokens[slot] = token;
        ends[slot] = (byte) end.code();
        if (size < KEPT) {
            size++;
        } else {
            oldest = (oldest + 1) % KEPT;
        }
    }

    /** Forgets them all. */
    void clear() {
        size = 0;
        oldest = 0;
    }

    /** How the lease of a token ended, or UNKNOWN. */
    LeaseEnd of(final long token) {
        for (int i = 0; i < size; i++) {
            if (tokens[i] == token) {
                return LeaseEnd.ofCode(ends[i]);
            }
        }
        return LeaseEnd.UNKNOWN;
    }

    /** Tells them, the oldest first. */
    void visit(final LeaseStateVisitor visitor) {
        for (int i = 0; i < size; i++) {
            final int slot = (oldest + i) % KEPT;
            visitor.onEnded(tokens[slot], LeaseEnd.ofCode(ends[slot]));
        }
    }
}
