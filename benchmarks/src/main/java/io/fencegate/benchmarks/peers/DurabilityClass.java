package io.fencegate.benchmarks.peers;

/** What an acknowledged write survives: only like is put beside like. */
enum DurabilityClass {
    /** The death of the server's process, and not the loss of power; of Hazelcast not even that, as its row says. */
    PAGE_CACHE("page cache", "page-cache"),
    /** The loss of power: it is synced to the disk before it is acknowledged. */
    SYNCED("synced", "synced");

    private final String words;
    private final String file;

    DurabilityClass(final String words, final String file) {
        this.words = words;
        this.file = file;
    }

    boolean isSynced() {
        return this == SYNCED;
    }

    /** As a part of a file's name. */
    String file() {
        return file;
    }

    @Override
    public String toString() {
        return words;
    }
}
