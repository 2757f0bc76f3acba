package io.fencegate.benchmarks.peers.load;

/** Shows that a peer fences, before any figure is taken: a holder writes, a newer one opens, and the old one is refused. */
final class FenceProof {
    private static final int LENGTH = 64;

    private FenceProof() {}

    /**
     * Shows it on a resource that nobody else uses.
     *
     * @throws WrongReplyException if the stale write is taken, or a good one is not, or the stale payload is what is read
     * @throws Exception if the peer does not answer
     */
    static void show(final Peer peer, final String resource) throws Exception {
        try (PeerClient older = peer.connect();
                PeerClient newer = peer.connect()) {
            final Payload first = new Payload(1, LENGTH);
            final Payload second = new Payload(2, LENGTH);
            try (FencedWrites stale = older.open(resource, 1)) {
                accepted(stale, first);
                first.check(older.read(resource));
                try (FencedWrites fresh = newer.open(resource, 2)) {
                    refused(stale, new Payload(1, LENGTH), "before the first write of the newer holder");
                    accepted(fresh, second);
                    refused(stale, new Payload(1, LENGTH), "after a write of the newer holder");
                    second.check(newer.read(resource));
                    accepted(fresh, second);
                    second.check(newer.read(resource));
                }
            }
        }
    }

    static void accepted(final FencedWrites writes, final Payload payload) throws Exception {
        if (!writes.write(payload.next())) {
            throw new WrongReplyException("the write of the newest holder was refused");
        }
    }

    static void refused(final FencedWrites stale, final Payload payload, final String when) throws Exception {
        if (stale.write(payload.next())) {
            throw new WrongReplyException("a write under a stale token was accepted, " + when);
        }
    }
}
