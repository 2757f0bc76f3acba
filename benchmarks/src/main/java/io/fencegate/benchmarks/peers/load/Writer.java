package io.fencegate.benchmarks.peers.load;

/** One writer: a connection, a resource of its own, and a token under which all its writes must be accepted. One thread at a time. */
final class Writer implements ClosedLoop.Exchange, AutoCloseable {
    private static final long TOKEN = 1_000;

    private final PeerClient client;
    private final String resource;
    private final Payload payload;
    private final FencedWrites writes;

    Writer(final Peer peer, final int number, final int length, final String run) throws Exception {
        client = peer.connect();
        resource = run + "-" + number;
        payload = new Payload(number, length);
        writes = client.open(resource, TOKEN);
    }

    @Override
    public void exchange() throws Exception {
        if (!writes.write(payload.next())) {
            throw new WrongReplyException("the write of the only holder was refused: resource=" + resource);
        }
    }

    /** Reads back what was written last. */
    void check() throws Exception {
        payload.check(client.read(resource));
    }

    /** Lets a newer holder open the resource, and tries once more: this very writer must be refused now. */
    void fence(final Peer peer) throws Exception {
        try (PeerClient newer = peer.connect();
                FencedWrites taken = newer.open(resource, TOKEN + 1)) {
            FenceProof.refused(writes, payload, "by a writer that was measured");
            FenceProof.accepted(taken, payload);
        }
    }

    @Override
    public void close() {
        try {
            writes.close();
        } finally {
            client.close();
        }
    }
}
