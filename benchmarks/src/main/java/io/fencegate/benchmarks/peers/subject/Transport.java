package io.fencegate.benchmarks.peers.subject;

/** How our clients reach the gateway. */
public enum Transport {
    /** Aeron over UDP on the loopback interface: beside the peers' TCP on the loopback interface. */
    UDP("Fencegate over UDP"),
    /** Aeron over shared memory: what a writer on the gateway's host would use. */
    IPC("Fencegate over IPC");

    private final String words;

    Transport(final String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
