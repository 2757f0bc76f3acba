package io.fencegate.verification.checker.linear;

import io.fencegate.verification.checker.fact.Call;
import io.fencegate.verification.checker.fact.Calls;
import io.fencegate.verification.checker.fact.Checker;
import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.checker.fact.Scene;
import io.fencegate.verification.checker.fact.Violation;
import io.fencegate.verification.checker.linear.Linearization.Outcome;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.History;
import io.fencegate.verification.history.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether opens, writes and reads of one resource happened as if one after the other, each between its call and its end.
 * For small histories: the time may grow exponentially with the calls that are under way at once.
 *
 * <p>What has no answer may have its effect at any time, or never. After a loss of power at level {@code disk} a fence that
 * only refusals told of may be forgotten, so refusals prove nothing there.
 *
 * <p>One thread.
 */
public final class Linearizability implements Checker {
    /** Nodes of a search before it gives up. */
    public static final int NODES_MAX = 1 << 20;

    private record Ended(Event end, int index) {}

    private final Map<Call, Ended> calls = new LinkedHashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final Map<Integer, Integer> places = new HashMap<>();
    private final String resource;
    private final Scene scene;
    private boolean isExcused;
    private boolean forgets;

    private Linearizability(final String resource, final Scene scene) {
        this.resource = resource;
        this.scene = scene;
    }

    /**
     * Searches for an order.
     *
     * @param history whole, from the resource's first open on
     * @param resource whose calls are looked at
     * @return an order, or the shortest prefix that has none
     */
    public static Linearization of(final History history, final String resource) {
        return of(history, resource, NODES_MAX);
    }

    static Linearization of(final History history, final String resource, final int nodesMax) {
        final Linearizability checker = new Linearizability(resource, Scene.of(history));
        Calls.tell(history, List.of(checker));
        return checker.judge(nodesMax);
    }

    @Override
    public void onCalled(final Call call) {
        if (isOurs(call)) {
            calls.put(call, null);
            events.add(call.called());
        }
    }

    @Override
    public void onEnded(final Call call, final Event end, final long index) {
        if (isOurs(call)) {
            calls.put(call, new Ended(end, Math.toIntExact(index)));
            places.put(Math.toIntExact(index), events.size());
            events.add(end);
        }
    }

    @Override
    public void onObserved(final Event event, final long index) {
        isExcused |= scene.mayLoseWrites(event);
        forgets |= scene.isPowerLoss(event);
    }

    private boolean isOurs(final Call call) {
        final EventKind kind = call.called().kind();
        return call.called().resource().equals(resource)
                && (kind == EventKind.OPEN_CALLED || kind == EventKind.WRITE_CALLED || kind == EventKind.READ_CALLED);
    }

    private Linearization judge(final int nodesMax) {
        if (isExcused) {
            return new Linearization(Outcome.EXCUSED, List.of(), null);
        }
        final Search whole = new Search(operations(Integer.MAX_VALUE), forgets, nodesMax);
        final Outcome outcome = whole.run();
        if (outcome != Outcome.NONE) {
            return new Linearization(outcome, outcome == Outcome.FOUND ? whole.order() : List.of(), null);
        }
        final List<Event> prefix = shortest(nodesMax);
        final Violation violation = new Violation(
                Property.LINEARIZABILITY,
                "no order explains what callers were told: resource=" + resource + " events=" + prefix.size(),
                prefix);
        return new Linearization(Outcome.NONE, List.of(), violation);
    }

    /** A prefix of what has an order has one too, so the shortest that has none is found by halving. */
    private List<Event> shortest(final int nodesMax) {
        final List<Integer> ends = calls.values().stream()
                .filter(ended -> ended != null)
                .map(Ended::index)
                .sorted()
                .toList();
        int low = 0;
        int high = ends.size() - 1;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (new Search(operations(ends.get(middle)), forgets, nodesMax).run() == Outcome.NONE) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return List.copyOf(events.subList(0, places.get(ends.get(low)) + 1));
    }

    /** The calls as they look at a moment: what ends later has not ended. */
    private List<Operation> operations(final int untilIndex) {
        final List<Operation> operations = new ArrayList<>();
        calls.forEach((call, ended) -> {
            final int begin = Math.toIntExact(call.index());
            if (begin <= untilIndex) {
                final boolean isOver = ended != null && ended.index <= untilIndex && Operation.isAnswer(ended.end);
                if (isOver) {
                    operations.add(Operation.answered(call.called(), ended.end, begin, ended.index));
                }
                if (!isOver || isServedAgain(operations.get(operations.size() - 1))) {
                    operations.add(Operation.ghost(call.called(), begin));
                }
            }
        });
        operations.removeIf(operation -> !operation.matters());
        return operations;
    }

    /** A packet that was refused may arrive again. */
    private boolean isServedAgain(final Operation operation) {
        return scene.header().transport() == Transport.DATAGRAM && operation.isRefusal();
    }
}
