package io.fencegate.verification.simulator.world;

import java.util.ArrayDeque;

/**
 * What Aeron gives: messages arrive once and in order; while the way is cut they wait. What is lost is the end of the
 * stream, when one side gives it up.
 *
 * <p>One thread.
 */
final class OrderedStream implements Stream {
    private final ArrayDeque<Object> messages = new ArrayDeque<>();
    private final ArrayDeque<Long> dueNs = new ArrayDeque<>();
    private final Network network;
    private final Agenda agenda;
    private final Actor from;
    private final Actor to;
    private boolean isPumping;
    private boolean isClosed;

    OrderedStream(final Network network, final Agenda agenda, final Actor from, final Actor to) {
        this.network = network;
        this.agenda = agenda;
        this.from = from;
        this.to = to;
    }

    @Override
    public void send(final Object message) {
        if (!isClosed) {
            messages.add(message);
            dueNs.add(agenda.nowNs() + network.delayNs(from, to));
            pump();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        messages.clear();
        dueNs.clear();
    }

    private void pump() {
        if (!isPumping && !messages.isEmpty()) {
            isPumping = true;
            agenda.at(Math.max(dueNs.peek(), network.openAtNs(from, to)), this::deliver);
        }
    }

    private void deliver() {
        isPumping = false;
        if (!messages.isEmpty() && network.isOpen(from, to)) {
            dueNs.poll();
            to.deliver(messages.poll());
        }
        pump();
    }
}
