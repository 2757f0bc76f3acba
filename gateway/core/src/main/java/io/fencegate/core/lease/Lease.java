package io.fencegate.core.lease;

import io.fencegate.core.lease.order.Chain;
import io.fencegate.core.lease.order.ExpiryQueue;
import io.fencegate.core.lease.order.Name;
import io.fencegate.core.lease.order.NameTree;

/**
 * A live lease and the queue behind it. When the head of the queue is granted the resource, this object goes on with
 * the new holder and token. When it is over it becomes another lease: {@link Succession} keeps what it can use again.
 *
 * <p>One thread.
 */
final class Lease extends NameTree.Node<Lease> implements ExpiryQueue.Entry {
    private final Chain<Request> queue = new Chain<>();
    private Name name;
    private Client holder;
    private long token;
    private long ttlMs;
    private long deadlineMs;
    private int slot;

    /** It is the lease of this resource from now on. */
    Lease of(final Name name) {
        this.name = name.hold();
        return this;
    }

    /** It is no lease any more. */
    void end() {
        name.letGo();
        name = null;
        holder = null;
    }

    void begin(final Client holder, final long token, final long ttlMs, final long deadlineMs) {
        this.holder = holder;
        this.token = token;
        this.ttlMs = ttlMs;
        this.deadlineMs = deadlineMs;
    }

    /**
     * Lets it run for some time from now, but never shortens it: a late repeat can hurt nobody.
     *
     * @return whether the deadline moved
     */
    boolean prolong(final long ttlMs, final long runMs, final long logTimeMs) {
        if (logTimeMs + runMs <= deadlineMs) {
            return false;
        }
        this.ttlMs = ttlMs;
        deadlineMs = logTimeMs + runMs;
        return true;
    }

    boolean isHeldBy(final Client client, final long token) {
        return holder == client && this.token == token;
    }

    /** Place of a wait in the queue, from 1. */
    int place(final Request wait) {
        int place = 1;
        for (Request ahead = queue.first(); ahead != wait; ahead = ahead.next()) {
            place++;
        }
        return place;
    }

    @Override
    public Name name() {
        return name;
    }

    Chain<Request> queue() {
        return queue;
    }

    Client holder() {
        return holder;
    }

    long token() {
        return token;
    }

    long ttlMs() {
        return ttlMs;
    }

    long remainingMs(final long logTimeMs) {
        return deadlineMs - logTimeMs;
    }

    @Override
    public long deadlineMs() {
        return deadlineMs;
    }

    @Override
    public long order() {
        return token;
    }

    @Override
    public int slot() {
        return slot;
    }

    @Override
    public void slot(final int slot) {
        this.slot = slot;
    }
}
