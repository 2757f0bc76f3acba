package io.fencegate.benchmarks.peers.subject;

import io.fencegate.benchmarks.peers.load.Block;

/**
 * Something whose fenced writes, or whose lock, is measured in turns with those of others: a peer, a gateway of ours, or a
 * sequencer. One thread.
 */
public interface Subject extends AutoCloseable {
    /** How reports call it. */
    String name();

    /**
     * Shows that it is fenced, or that its lock excludes, before any figure is taken.
     *
     * @throws io.fencegate.benchmarks.rig.WrongAnswerException if a stale write is accepted, or two hold the lock
     * @throws Exception if it does not answer
     */
    void prove() throws Exception;

    /**
     * Measures one block of closed-loop writes, or of acquire and release.
     *
     * @throws io.fencegate.benchmarks.rig.WrongAnswerException if an answer is not the right one
     * @throws Exception if it does not answer
     */
    Block block(long durationNs) throws Exception;

    /**
     * Lets a newer holder take each resource that was written: the writers that were measured must be refused now. A
     * lock is contended for once more.
     *
     * @throws io.fencegate.benchmarks.rig.WrongAnswerException if one is not
     * @throws Exception if it does not answer
     */
    void fence() throws Exception;

    @Override
    void close();
}
