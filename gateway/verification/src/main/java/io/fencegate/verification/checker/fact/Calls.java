package io.fencegate.verification.checker.fact;

import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.History;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells a history to checkers, the ends of calls with their beginnings. One pass. Calls of who has crashed never end.
 *
 * <p>One thread.
 */
public final class Calls {
    /** A call of an actor. Its kind is in the key: acquires and writes may be counted each for themselves. */
    private record Key(String kind, long op) {}

    private final Map<String, Map<Key, Call>> open = new HashMap<>();

    private Calls() {}

    /**
     * Tells a whole history.
     *
     * @param history to be told
     * @param checkers that are told each event, one after the other
     * @throws IllegalArgumentException if a call begins twice, or ends without having begun: this is no history
     */
    public static void tell(final History history, final List<? extends Checker> checkers) {
        final Calls calls = new Calls();
        long index = 0;
        for (final Event event : history.events()) {
            calls.tell(event, index++, checkers);
        }
        checkers.forEach(Checker::onFinished);
    }

    private void tell(final Event event, final long index, final List<? extends Checker> checkers) {
        if (event.kind().isCall()) {
            final Call call = begin(event, index);
            for (final Checker checker : checkers) {
                checker.onCalled(call);
            }
        } else if (event.kind().isEnd()) {
            final Call call = end(event);
            for (final Checker checker : checkers) {
                checker.onEnded(call, event, index);
            }
        } else {
            if (event.kind() == EventKind.CRASHED) {
                open.remove(event.actor());
            }
            for (final Checker checker : checkers) {
                checker.onObserved(event, index);
            }
        }
    }

    private Call begin(final Event event, final long index) {
        final Call call = new Call(event, index);
        if (open.computeIfAbsent(event.actor(), actor -> new HashMap<>()).put(keyOf(event), call) != null) {
            throw new IllegalArgumentException("a call begins while one of its number is under way: " + event);
        }
        return call;
    }

    private Call end(final Event event) {
        final Call call = open.getOrDefault(event.actor(), new HashMap<>()).remove(keyOf(event));
        if (call == null) {
            throw new IllegalArgumentException("a call ends that has not begun: " + event);
        }
        return call;
    }

    private static Key keyOf(final Event event) {
        final String kind = event.kind().name();
        return new Key(kind.substring(0, kind.indexOf('_')), event.op());
    }
}
