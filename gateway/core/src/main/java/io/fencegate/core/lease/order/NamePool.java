package io.fencegate.core.lease.order;

import io.fencegate.core.lease.command.LeaseCommand;
import org.agrona.DirectBuffer;

/**
 * Keeps names in slots of a few fixed lengths, and gives a slot that nobody refers to any more to the next name that
 * fits. So it allocates only while more names are held at once than ever before; never gives memory back; and can not
 * fall to pieces.
 *
 * <p>One thread.
 */
public final class NamePool {
    private static final int[] SLOT_LENGTHS = {32, 64, 128};

    private final Name[] free = new Name[SLOT_LENGTHS.length];

    /**
     * Keeps the name of a command.
     *
     * @param command whose buffer is borrowed
     * @return the name, held by nobody yet
     */
    public Name copy(final LeaseCommand command) {
        return copy(command.nameBuffer(), command.nameOffset(), command.nameLength());
    }

    /**
     * Keeps a name.
     *
     * @param buffer that is borrowed
     * @param offset of the name
     * @param length of the name, 0 to 128
     * @return the name, held by nobody yet
     * @throws IllegalArgumentException if it is longer than any name
     */
    public Name copy(final DirectBuffer buffer, final int offset, final int length) {
        final int slots = slotsFor(length);
        final Name known = free[slots];
        final Name name;
        if (known == null) {
            name = new Name(this, SLOT_LENGTHS[slots]);
        } else {
            name = known;
            free[slots] = known.nextFree();
            known.nextFree(null);
        }
        name.resize(length).putBytes(0, buffer, offset, length);
        return name;
    }

    /** Nobody refers to a name any more. */
    void take(final Name name) {
        final int slots = slotsFor(name.slotLength());
        name.nextFree(free[slots]);
        free[slots] = name;
    }

    private static int slotsFor(final int length) {
        for (int i = 0; i < SLOT_LENGTHS.length; i++) {
            if (length <= SLOT_LENGTHS[i]) {
                return i;
            }
        }
        throw new IllegalArgumentException("no name is that long: length=" + length);
    }
}
