package io.fencegate.core.lease.order;

import java.util.Arrays;

/**
 * Knows what ends next: a binary heap by deadline and, between equal deadlines, by the order of the log. The order in
 * which entries come out depends on nothing else. Every operation takes time that grows with the logarithm of the size;
 * nothing allocates but growth.
 *
 * <p>One thread.
 *
 * @param <E> the entry, which stands in at most one queue at a time
 */
public final class ExpiryQueue<E extends ExpiryQueue.Entry> {
    private static final int CAPACITY_INITIAL = 64;

    private Entry[] heap = new Entry[CAPACITY_INITIAL];
    private int size;

    /** Takes in an entry. @param entry that stands in no queue */
    public void add(final E entry) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        entry.slot(size);
        heap[size++] = entry;
        rise(entry);
    }

    /** Takes an entry out, wherever it stands. @param entry of this queue */
    public void remove(final E entry) {
        final Entry moved = heap[--size];
        heap[size] = null;
        if (moved != entry) {
            place(moved, entry.slot());
            restoreOrder(moved);
        }
    }

    /** An entry has another deadline or order now. @param entry of this queue */
    public void changed(final E entry) {
        restoreOrder(entry);
    }

    /**
     * What is over.
     *
     * @param logTimeMs now
     * @return the entry that ended first, still in the queue, or null if none has ended
     */
    @SuppressWarnings("unchecked")
    public E firstOver(final long logTimeMs) {
        return size > 0 && heap[0].isOver(logTimeMs) ? (E) heap[0] : null;
    }

    /** How many entries there are. @return their count */
    public int size() {
        return size;
    }

    private void restoreOrder(final Entry entry) {
        rise(entry);
        sink(entry);
    }

    private void rise(final Entry entry) {
        int slot = entry.slot();
        while (slot > 0) {
            final Entry parent = heap[(slot - 1) >>> 1];
            if (!isBefore(entry, parent)) {
                break;
            }
            final int above = parent.slot();
            place(parent, slot);
            slot = above;
        }
        place(entry, slot);
    }

    private void sink(final Entry entry) {
        int slot = entry.slot();
        while (true) {
            int below = 2 * slot + 1;
            if (below >= size) {
                break;
            }
            if (below + 1 < size && isBefore(heap[below + 1], heap[below])) {
                below++;
            }
            if (!isBefore(heap[below], entry)) {
                break;
            }
            place(heap[below], slot);
            slot = below;
        }
        place(entry, slot);
    }

    private void place(final Entry entry, final int slot) {
        heap[slot] = entry;
        entry.slot(slot);
    }

    private static boolean isBefore(final Entry one, final Entry other) {
        return one.deadlineMs() < other.deadlineMs()
                || (one.deadlineMs() == other.deadlineMs() && one.order() < other.order());
    }

    /** What an entry is: something that ends. */
    public interface Entry {
        /** When it ends. @return in milliseconds of log time */
        long deadlineMs();

        /** Its place among those that end at the same time. @return unique in a queue, rising with the log */
        long order();

        /** Where it stands in the heap. @return as last set */
        int slot();

        /** Keeps where it stands in the heap. @param slot to be returned */
        void slot(int slot);

        /** Whether it has ended. @param logTimeMs now @return true from its deadline on */
        default boolean isOver(final long logTimeMs) {
            return deadlineMs() <= logTimeMs;
        }
    }
}
