package io.fencegate.verification.checker.record;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * What the records of a journal add up to, with the way back for when its end is lost. Each entry is made once and undone
 * at most once.
 *
 * <p>One thread.
 *
 * @param <K> of what the records are about
 */
final class Retractable<K> {
    private record Entry<K>(long position, K key, Long before) {}

    private final Map<K, Long> values = new HashMap<>();
    private final Deque<Entry<K>> entries = new ArrayDeque<>();

    /** What the journal says. @param key asked for @return 0 if nothing */
    long get(final K key) {
        return values.getOrDefault(key, 0L);
    }

    /** A record was appended. @param position of it @param key that it is about @param value from now on */
    void put(final long position, final K key, final long value) {
        entries.push(new Entry<>(position, key, values.put(key, value)));
    }

    /** The journal's end is lost. @param kept position of the last record that is not */
    void retractAbove(final long kept) {
        while (!entries.isEmpty() && (entries.peek().position > kept || entries.peek().position == 0)) {
            final Entry<K> entry = entries.pop();
            if (entry.before == null) {
                values.remove(entry.key);
            } else {
                values.put(entry.key, entry.before);
            }
        }
    }

    /** The journal is gone. */
    void clear() {
        values.clear();
        entries.clear();
    }
}
