package io.fencegate.core.lease.order;

/**
 * A list whose links lie in its elements: append and remove anywhere take the same time however long it is, and allocate
 * nothing.
 *
 * <p>One thread.
 *
 * @param <E> the element, which stands in at most one chain at a time
 */
public final class Chain<E extends Chain.Link<E>> {
    private E first;
    private E last;
    private int size;

    /** Puts an element behind all others. @param element that stands in no chain */
    public void append(final E element) {
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

    /** Puts an element before all others. @param element that stands in no chain */
    public void push(final E element) {
        element.previous = null;
        element.next = first;
        if (first == null) {
            last = element;
        } else {
            first.previous = element;
        }
        first = element;
        size++;
    }

    /** Takes out the first element. @return or null if there is none */
    public E poll() {
        final E element = first;
        if (element != null) {
            remove(element);
        }
        return element;
    }

    /** Puts all elements of another chain behind those of this one, in the same time however many. @param others taken */
    public void appendAll(final Chain<E> others) {
        if (others.first == null) {
            return;
        }
        if (last == null) {
            first = others.first;
        } else {
            others.first.previous = last;
            last.next = others.first;
        }
        last = others.last;
        size += others.size;
        others.first = null;
        others.last = null;
        others.size = 0;
    }

    /** Takes an element out, wherever it stands. @param element of this chain */
    public void remove(final E element) {
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

    /** The first element. @return or null if there is none */
    public E first() {
        return first;
    }

    /** The last element. @return or null if there is none */
    public E last() {
        return last;
    }

    /** How many elements there are. @return their count */
    public int size() {
        return size;
    }

    /**
     * What an element of a chain extends.
     *
     * @param <E> the element
     */
    public abstract static class Link<E> {
        E previous;
        E next;

        /** The element behind this one. @return or null if this is the last */
        public final E next() {
            return next;
        }
    }
}
