package io.fencegate.core.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The rules of one principal, as they are compared with names: by bytes. All prefixes that a name begins with stand on one
 * way: from the last prefix that is not behind the name, over each prefix's own longest prefix, to the shortest. So a name
 * is looked up in a few steps, however many rules there are.
 *
 * <p>Immutable; any thread.
 */
final class Prefixes {
    private final Entry[] entries;

    Prefixes(final List<AccessRule> rules) {
        entries = rules.stream()
                .map(Entry::new)
                .sorted((one, other) -> Arrays.compareUnsigned(one.prefix, other.prefix))
                .toArray(Entry[]::new);
        final List<Entry> way = new ArrayList<>();
        for (final Entry entry : entries) {
            while (!way.isEmpty() && !way.get(way.size() - 1).isBeginningOf(entry.prefix)) {
                way.remove(way.size() - 1);
            }
            if (!way.isEmpty()) {
                entry.shorter = way.get(way.size() - 1);
                entry.rights |= entry.shorter.rights;
            }
            way.add(entry);
        }
    }

    /** The rights that the rules give for a name: a sum of bits. Does not allocate. */
    int rights(final DirectBuffer name, final int offset, final int length) {
        int low = 0;
        int high = entries.length - 1;
        while (low <= high) {
            final int middle = (low + high) >>> 1;
            if (entries[middle].isBehind(name, offset, length)) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        Entry entry = high < 0 ? null : entries[high];
        while (entry != null && !entry.isBeginningOf(name, offset, length)) {
            entry = entry.shorter;
        }
        return entry == null ? 0 : entry.rights;
    }

    /** One rule, with the rights of the shorter prefixes that it begins with. */
    private static final class Entry {
        private static final int UTF8_LENGTH_MAX = 3;

        private final byte[] prefix;
        private Entry shorter;
        private int rights;

        Entry(final AccessRule rule) {
            prefix = bytes(rule.prefix());
            rights = rule.rights();
        }

        private static byte[] bytes(final String text) {
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[UTF8_LENGTH_MAX * text.length()]);
            return Arrays.copyOf(buffer.byteArray(), buffer.putStringWithoutLengthUtf8(0, text));
        }

        boolean isBeginningOf(final byte[] other) {
            return other.length >= prefix.length && Arrays.equals(prefix, 0, prefix.length, other, 0, prefix.length);
        }

        boolean isBeginningOf(final DirectBuffer name, final int offset, final int length) {
            return length >= prefix.length && sameBytes(name, offset, prefix.length) == prefix.length;
        }

        boolean isBehind(final DirectBuffer name, final int offset, final int length) {
            final int shared = Math.min(prefix.length, length);
            final int same = sameBytes(name, offset, shared);
            if (same == shared) {
                return prefix.length > length;
            }
            return (prefix[same] & 0xFF) > (name.getByte(offset + same) & 0xFF);
        }

        private int sameBytes(final DirectBuffer name, final int offset, final int most) {
            int same = 0;
            while (same < most && name.getByte(offset + same) == prefix[same]) {
                same++;
            }
            return same;
        }
    }
}
