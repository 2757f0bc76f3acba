package io.fencegate.verification.checker.linear;

import io.fencegate.verification.history.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The search of Wing and Gong, with Lowe's memory of where it has been: takes one step after the other that may be next,
 * and goes back where none is.
 *
 * <p>One thread.
 */
final class Search {
    /** Somewhere in the search. Its progress is not changed any more. */
    private record Node(Progress progress, ResourceState state) {}

    /** How far each operation is. */
    private static final class Progress {
        private final byte[] of;

        Progress(final byte[] of) {
            this.of = of;
        }

        Progress with(final int operation, final byte now) {
            final byte[] next = of.clone();
            next[operation] = now;
            return new Progress(next);
        }

        @Override
        public boolean equals(final Object other) {
            return other instanceof Progress progress && Arrays.equals(of, progress.of);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(of);
        }
    }

    /** A node on the way, and which of its steps is tried next: two for each operation. */
    private static final class Try {
        private final Node node;
        private final Event taken;
        private final int horizon;
        private int next;

        Try(final Node node, final Event taken, final int horizon) {
            this.node = node;
            this.taken = taken;
            this.horizon = horizon;
        }
    }

    private final List<Operation> operations;
    private final boolean forgets;
    private final int nodesMax;
    private final Set<Node> seen = new HashSet<>();
    private final Deque<Try> way = new ArrayDeque<>();

    /** Prepares. @param operations of one resource @param forgets fences of refusals @param nodesMax before it gives up */
    Search(final List<Operation> operations, final boolean forgets, final int nodesMax) {
        this.operations = operations;
        this.forgets = forgets;
        this.nodesMax = nodesMax;
    }

    /** Searches. @return whether there is an order, or that it is too large to know */
    Linearization.Outcome run() {
        visit(new Node(new Progress(new byte[operations.size()]), ResourceState.NEW), null);
        while (!way.isEmpty()) {
            final Try here = way.peek();
            if (here.horizon == Integer.MAX_VALUE) {
                return Linearization.Outcome.FOUND;
            }
            if (seen.size() > nodesMax) {
                return Linearization.Outcome.TOO_LARGE;
            }
            if (here.next == 2 * operations.size()) {
                way.pop();
            } else {
                step(here, here.next++);
            }
        }
        return Linearization.Outcome.NONE;
    }

    /** The order that was found. @return the beginnings of the calls whose effects and answers these are */
    List<Event> order() {
        final List<Event> order = new ArrayList<>();
        way.descendingIterator().forEachRemaining(each -> {
            final boolean isNext = !order.isEmpty() && order.get(order.size() - 1) == each.taken;
            if (each.taken != null && !isNext) {
                order.add(each.taken);
            }
        });
        return order;
    }

    private void step(final Try here, final int number) {
        final int index = number / 2;
        final Operation operation = operations.get(index);
        final byte progress = here.node.progress.of[index];
        if (progress == Operation.ANSWERED || operation.begin() > here.horizon) {
            return;
        }
        final ResourceState state = here.node.state;
        if (number % 2 == 0) {
            // An answer costs nobody anything: where it may be given, it is.
            if (operation.mayAnswer(state, progress, forgets)) {
                visit(new Node(here.node.progress.with(index, Operation.ANSWERED), state), operation.called());
            }
        } else if (progress == Operation.BEGUN) {
            final ResourceState behind = operation.effect(state);
            if (behind != null) {
                visit(new Node(here.node.progress.with(index, Operation.EFFECTIVE), behind), operation.called());
            }
        }
    }

    private void visit(final Node node, final Event taken) {
        if (seen.add(node)) {
            way.push(new Try(node, taken, horizon(node)));
        }
    }

    /** No step may be taken that begins after an operation has ended which is not answered yet. */
    private int horizon(final Node node) {
        int horizon = Integer.MAX_VALUE;
        for (int i = 0; i < operations.size(); i++) {
            if (node.progress.of[i] != Operation.ANSWERED) {
                horizon = Math.min(horizon, operations.get(i).until());
            }
        }
        return horizon;
    }
}
