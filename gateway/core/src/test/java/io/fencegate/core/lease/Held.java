package io.fencegate.core.lease;

import java.util.ArrayList;
import java.util.List;

/** A live lease, for the twin of the lease table. */
final class Held {
    final List<Asked> queue = new ArrayList<>();
    String name;
    Caller holder;
    long token;
    long ttlMs;
    long deadlineMs;

    void begin(final Asked request, final long token, final long deadlineMs) {
        holder = request.caller;
        this.token = token;
        this.deadlineMs = deadlineMs;
        ttlMs = request.ttlMs;
    }
}
