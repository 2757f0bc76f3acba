package io.fencegate.verification.simulator.world;

/** What the asynchronous model allows at worst: each message may be lost, doubled, late, or overtake others. One thread. */
record DatagramStream(Network network, Actor from, Actor to) implements Stream {
    @Override
    public void send(final Object message) {
        network.sendAlone(from, to, message);
    }

    @Override
    public void close() {
        // What is under way is under way.
    }
}
