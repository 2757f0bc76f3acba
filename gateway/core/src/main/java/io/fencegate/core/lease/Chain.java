package io.fencegate.core.lease;

/**
 * A list whose links lie in its elements: append and remove anywhere take the same time however long it is, and allocate
 * nothing.
 *
 * <p>One thread.
 *
 * @param <E> the element, which stands in at most one chain at a time
 */
final class Chain<E extends Chain.Link<E>> {
    private E first;
    private E last;
    private int size;

    void append(final E element) {
        element.previous = last;
        element.next = null;
        if (last == null) {
            first = element;
        } else {
            last.next = element;
        }
        last = element;
        size++;
    }

    void remove(final E element) {
        if (element.previous == null) {
            first = element.next;
        } else {
            element.previous.next = element.next;
        }
        if (element.next == null) {
            last = element.previous;
        } else {
            element.next.previous = element.previous;
        }
        element.previous = null;
        element.next = null;
        size--;
    }

    E first() {
        return first;
    }

    int size() {
        return size;
    }

    /**
     * What an element of a chain extends.
     *
     * @param <E> the element
     */
    abstract static class Link<E> {
        E previous;
        E next;

        final E next() {
            return next;
        }
    }
}
