package io.fencegate.core.lease.order;

import org.agrona.DirectBuffer;

/**
 * Elements in the order of their names: a balanced (AVL) tree whose links lie in its elements. Whatever names come in
 * whatever order, every operation takes time that grows with the logarithm of the size, and none allocates. Its shape
 * decides nothing.
 *
 * <pre>
 *             m            heights of two neighbours differ by 1 at most,
 *           /   \          so 1,000,000 names lie at most 28 deep
 *          c     t
 *         / \     \
 *        a   f     x
 * </pre>
 *
 * <p>One thread.
 *
 * @param <E> the element, which stands in at most one tree at a time
 */
public final class NameTree<E extends NameTree.Node<E>> {
    private E root;
    private int size;

    /** How many elements there are. @return their count */
    public int size() {
        return size;
    }

    /**
     * Finds an element.
     *
     * @param name of the element
     * @return the element, or null if there is none of this name
     */
    public E find(final DirectBuffer name) {
        E node = root;
        while (node != null) {
            final int side = NameOrder.compare(name, node.name());
            if (side == 0) {
                return node;
            }
            node = side < 0 ? node.left : node.right;
        }
        return null;
    }

    /** The element whose name comes first. @return or null if there is none */
    public E first() {
        return root == null ? null : leftmost(root);
    }

    /**
     * The first element from a name on.
     *
     * @param name which need not be there
     * @param isIncluded whether an element of this very name counts
     * @return the element, or null if there is none behind
     */
    public E from(final DirectBuffer name, final boolean isIncluded) {
        E found = null;
        E node = root;
        while (node != null) {
            final int side = NameOrder.compare(name, node.name());
            if (side < 0 || (side == 0 && isIncluded)) {
                found = node;
                node = node.left;
            } else {
                node = node.right;
            }
        }
        return found;
    }

    /**
     * The element behind another one.
     *
     * @param element of this tree
     * @return the element, or null if there is none behind
     */
    public E next(final E element) {
        if (element.right != null) {
            return leftmost(element.right);
        }
        E below = element;
        E node = element.parent;
        while (node != null && node.right == below) {
            below = node;
            node = node.parent;
        }
        return node;
    }

    /**
     * Takes in an element.
     *
     * @param element that stands in no tree, of a name that is not there yet
     */
    public void add(final E element) {
        E parent = null;
        E node = root;
        boolean isLeft = false;
        while (node != null) {
            parent = node;
            isLeft = NameOrder.compare(element.name(), node.name()) < 0;
            node = isLeft ? node.left : node.right;
        }
        element.parent = parent;
        element.height = 1;
        if (parent == null) {
            root = element;
        } else if (isLeft) {
            parent.left = element;
        } else {
            parent.right = element;
        }
        size++;
        balance(parent);
    }

    /** Takes an element out. @param element of this tree */
    public void remove(final E element) {
        final E lowest;
        if (element.left != null && element.right != null) {
            final E heir = leftmost(element.right);
            lowest = heir.parent == element ? heir : heir.parent;
            if (lowest != heir) {
                replace(heir, heir.right);
                adopt(heir, element.right, false);
            }
            replace(element, heir);
            adopt(heir, element.left, true);
            heir.height = element.height;
        } else {
            lowest = element.parent;
            replace(element, element.left == null ? element.right : element.left);
        }
        element.left = null;
        element.right = null;
        element.parent = null;
        size--;
        balance(lowest);
    }

    /** From where something changed up to where nothing does. */
    private void balance(final E changed) {
        E node = changed;
        while (node != null) {
            final int heightBefore = node.height;
            final int slope = height(node.left) - height(node.right);
            E top = node;
            if (slope > 1) {
                if (height(node.left.left) < height(node.left.right)) {
                    rotateLeft(node.left);
                }
                top = rotateRight(node);
            } else if (slope < -1) {
                if (height(node.right.right) < height(node.right.left)) {
                    rotateRight(node.right);
                }
                top = rotateLeft(node);
            } else {
                measure(node);
            }
            if (top.height == heightBefore) {
                return;
            }
            node = top.parent;
        }
    }

    private E rotateLeft(final E node) {
        final E top = node.right;
        replace(node, top);
        adopt(node, top.left, false);
        adopt(top, node, true);
        measure(node);
        measure(top);
        return top;
    }

    private E rotateRight(final E node) {
        final E top = node.left;
        replace(node, top);
        adopt(node, top.right, true);
        adopt(top, node, false);
        measure(node);
        measure(top);
        return top;
    }

    /** Puts a node, or nothing, in the place of another one below the latter's parent. */
    private void replace(final E node, final E successor) {
        final E parent = node.parent;
        if (successor != null) {
            successor.parent = parent;
        }
        if (parent == null) {
            root = successor;
        } else if (parent.left == node) {
            parent.left = successor;
        } else {
            parent.right = successor;
        }
    }

    private static <E extends Node<E>> void adopt(final E parent, final E child, final boolean isLeft) {
        if (isLeft) {
            parent.left = child;
        } else {
            parent.right = child;
        }
        if (child != null) {
            child.parent = parent;
        }
    }

    private static <E extends Node<E>> void measure(final E node) {
        node.height = 1 + Math.max(height(node.left), height(node.right));
    }

    private static int height(final Node<?> node) {
        return node == null ? 0 : node.height;
    }

    private static <E extends Node<E>> E leftmost(final E top) {
        E node = top;
        while (node.left != null) {
            node = node.left;
        }
        return node;
    }

    /**
     * What an element of a tree extends. While it stands in no tree it may stand in a chain.
     *
     * @param <E> the element
     */
    public abstract static class Node<E extends Node<E>> extends Chain.Link<E> {
        E left;
        E right;
        E parent;
        int height;

        /** The name by which it is found. @return the same while it stands in a tree */
        public abstract DirectBuffer name();
    }
}
