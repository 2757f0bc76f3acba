package io.fencegate.core.lease.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The tree knows what a TreeMap knows, and stays balanced, whatever is added and removed in whatever order. */
final class NameTreeTest {
    private final NameTree<Leaf> tree = new NameTree<>();

    @Test
    void itIsASortedMap() {
        final Random random = new Random(7);
        final TreeMap<String, Leaf> map = new TreeMap<>();
        for (int step = 0; step < 60_000; step++) {
            final String name = Integer.toString(random.nextInt(3_000), 36);
            final Leaf known = map.get(name);
            assertSame(known, tree.find(bytes(name)));
            if (known == null && random.nextInt(step % 20_000 < 10_000 ? 2 : 9) < 2) {
                final Leaf leaf = new Leaf(name);
                map.put(name, leaf);
                tree.add(leaf);
            } else if (known != null && random.nextInt(4) == 0) {
                map.remove(name);
                tree.remove(known);
            }
            assertEquals(map.size(), tree.size());
            assertSame(valueOf(map.ceilingEntry(name)), tree.from(bytes(name), true));
            assertSame(valueOf(map.higherEntry(name)), tree.from(bytes(name), false));
            if (step % 1_000 == 0) {
                assertEquals(List.copyOf(map.values()), inOrder());
                assertTrue(checkedHeight(root()) <= 1.45 * log2(map.size() + 2), "size=" + map.size());
            }
        }
    }

    @Test
    void namesThatComeInOrderDoNotMakeItALine() {
        final List<Leaf> leaves = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            leaves.add(new Leaf(String.format("orders/%05d", i)));
            tree.add(leaves.get(i));
        }
        assertEquals(14, checkedHeight(root()));
        for (int i = 0; i < 9_999; i++) {
            tree.remove(leaves.get(i));
            assertTrue(i % 500 != 0 || checkedHeight(root()) <= 1.45 * log2(10_002 - i), "removed=" + i);
        }
        assertEquals(List.of(leaves.get(9_999)), inOrder());
        tree.remove(leaves.get(9_999));
        assertNull(tree.first());
    }

    @Test
    void bytesDecideTheOrder() {
        final String[] sorted = {"", "a", "a/", "aaaaaaaa", "aaaaaaaab", "aaaaaaab", "b", "é", "日"};
        for (int i = sorted.length - 1; i >= 0; i--) {
            tree.add(new Leaf(sorted[i]));
        }
        assertEquals(List.of(sorted), inOrder().stream().map(leaf -> leaf.text).toList());
    }

    private List<Leaf> inOrder() {
        final List<Leaf> found = new ArrayList<>();
        for (Leaf leaf = tree.first(); leaf != null; leaf = tree.next(leaf)) {
            found.add(leaf);
        }
        return found;
    }

    private Leaf root() {
        Leaf node = tree.first();
        while (node != null && node.parent != null) {
            node = node.parent;
        }
        return node;
    }

    /** Height of a tree in which each node knows its parent and its height, and no two neighbours differ by more than 1. */
    private static int checkedHeight(final Leaf node) {
        if (node == null) {
            return 0;
        }
        assertTrue(node.left == null || node.left.parent == node);
        assertTrue(node.right == null || node.right.parent == node);
        final int left = checkedHeight(node.left);
        final int right = checkedHeight(node.right);
        assertTrue(Math.abs(left - right) <= 1, node.text);
        assertEquals(1 + Math.max(left, right), node.height);
        return node.height;
    }

    private static double log2(final int value) {
        return Math.log(value) / Math.log(2);
    }

    private static Leaf valueOf(final java.util.Map.Entry<String, Leaf> entry) {
        return entry == null ? null : entry.getValue();
    }

    private static DirectBuffer bytes(final String name) {
        return new UnsafeBuffer(name.getBytes(StandardCharsets.UTF_8));
    }

    /** An element that has nothing but a name. */
    private static final class Leaf extends NameTree.Node<Leaf> {
        private final String text;
        private final DirectBuffer name;

        Leaf(final String text) {
            this.text = text;
            name = bytes(text);
        }

        @Override
        public DirectBuffer name() {
            return name;
        }
    }
}
