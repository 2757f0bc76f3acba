package io.fencegate.verification.simulator.disk;

/** Is told what the gateway writes. Called by the simulation's thread. */
public interface DiskListener {
    /** It was decided what is kept; the start may break off yet. */
    void onRecovered(long generation, long position);

    /** A fence was journaled by a request. */
    void onFenceRaised(String resource, long token, long clientId, long generation, long position);

    /** The fence of a resource is opened again by its holder. */
    void onOpenTaken();

    /** A fence is on disk. */
    void onFenceSynced(String resource, long token);

    /** A write was journaled. */
    void onAppended(int handle, long token, long sequence, int crc, long generation, long position);

    /** The journal is on disk up to here. */
    void onSynced(long position);
}
