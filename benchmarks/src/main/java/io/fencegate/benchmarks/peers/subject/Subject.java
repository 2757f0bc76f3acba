package io.fencegate.benchmarks.peers.subject;

import io.fencegate.benchmarks.peers.load.Block;

/** Something whose fenced writes are measured in turns with those of others: a peer, or a gateway of ours. One thread. */
public interface Subject extends AutoCloseable {
    /** How reports call it. */
    String name();

    /**
     * Shows that it is fenced, before any figure is taken.
     *
     * @throws io.fencegate.benchmarks.rig.WrongAnswerException if a stale write is accepted
     * @throws Exception if it does not answer
     */
    void prove() throws Exception;

    /**
     * Measures one block of closed-loop writes.
     *
     * @throws io.fencegate.benchmarks.rig.WrongAnswerException if an answer is not the right one
     * @throws Exception if it does not answer
     */
    Block block(long durationNs) throws Exception;

    /**
     * Lets a newer holder take each resource that was written: the writers that were measured must be refused now.
     *
     * @throws io.fencegate.benchmarks.rig.WrongAnswerException if one is not
     * @throws Exception if it does not answer
     */
    void fence() throws Exception;

    @Override
    void close();
}
