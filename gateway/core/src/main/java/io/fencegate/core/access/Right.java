package io.fencegate.core.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a principal may be allowed. A set of rights is a sum of their bits; the bits stand on the wire and in snapshots
 * and never change their meaning.
 *
 * <p>Immutable; any thread.
 */
public enum Right {
    /** Acquires, renews and releases leases, and ends its own waits. */
    ACQUIRE(1),
    /** Ends leases whoever holds them. */
    REVOKE(2),
    /** Watches, lists and describes leases. */
    WATCH(4),
    /** Changes and sees who may do what, and does what else only an operator may. It is for no resource: its prefix is empty. */
    OPERATE(8);

    /** All rights. */
    public static final int ALL = 15;

    private final int bit;

    Right(final int bit) {
        this.bit = bit;
    }

    /** The number that stands for this right alone. @return a power of two */
    public int bit() {
        return bit;
    }

    /**
     * Whether this right is among others.
     *
     * @param rights a sum of bits
     * @return true if so
     */
    public boolean isIn(final int rights) {
        return (rights & bit) != 0;
    }

    /**
     * The rights that a sum of bits stands for.
     *
     * @param rights a sum of bits; those of no right are passed over
     * @return the rights, in their order
     */
    public static Set<Right> of(final int rights) {
        final Set<Right> found = EnumSet.noneOf(Right.class);
        for (final Right right : values()) {
            if (right.isIn(rights)) {
                found.add(right);
            }
        }
        return found;
    }

    /** The name that people use. @return in lower case */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
