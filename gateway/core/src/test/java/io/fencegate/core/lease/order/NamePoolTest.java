package io.fencegate.core.lease.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A name keeps its bytes as long as somebody holds it; then its slot serves another one. */
final class NamePoolTest {
    private final NamePool pool = new NamePool();
    private final UnsafeBuffer borrowed = new UnsafeBuffer(new byte[140]);

    @Test
    void aSlotServesAnotherNameOnceTheLastHolderLetGo() {
        final Name first = name('a', 33).hold().hold();
        first.letGo();
        final Name second = name('b', 33).hold();
        assertNotSame(first, second);
        assertHolds(first, 'a', 33);

        first.letGo();

        final Name third = name('c', 64);
        assertSame(first, third);
        assertHolds(third, 'c', 64);
        assertHolds(second, 'b', 33);
    }

    @Test
    void namesThatAreHeldKeepTheirBytesWhateverComesAndGoes() {
        final Random random = new Random(3);
        final List<Name> held = new ArrayList<>();
        final List<Integer> lengths = new ArrayList<>();
        final List<Character> letters = new ArrayList<>();
        final Set<Name> slots = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int step = 0; step < 20_000; step++) {
            if (held.size() < 50 && (held.isEmpty() || random.nextBoolean())) {
                final int length = random.nextInt(129);
                final char letter = (char) ('a' + random.nextInt(26));
                held.add(name(letter, length).hold());
                lengths.add(length);
                letters.add(letter);
                slots.add(held.get(held.size() - 1));
            } else {
                final int which = random.nextInt(held.size());
                assertHolds(held.get(which), letters.remove(which), lengths.remove(which));
                held.remove(which).letGo();
            }
        }
        assertTrue(slots.size() <= 3 * 50, "slots=" + slots.size());
    }

    @Test
    void noNameIsLongerThan128Bytes() {
        assertThrows(IllegalArgumentException.class, () -> pool.copy(borrowed, 0, 129));
    }

    private Name name(final char letter, final int length) {
        borrowed.setMemory(0, borrowed.capacity(), (byte) '?');
        borrowed.setMemory(3, length, (byte) letter);
        return pool.copy(borrowed, 3, length);
    }

    private static void assertHolds(final Name name, final char letter, final int length) {
        assertEquals(String.valueOf(letter).repeat(length), name.getStringWithoutLengthAscii(0, name.capacity()));
    }
}
