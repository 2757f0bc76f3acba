package io.fencegate.verification.resilience;

/**
 * What happens to the sequencer.
 *
 * <p>One thread.
 */
final class SequencerFaults {
    private SequencerFaults() {}

    static void leaderStopped(final Act act) {
        act.prepare(act.times().leaseLeaderMs());
        final int leader = act.system().leader();
        act.system().node(leader).suspend();
        act.begin();
        act.awaitHealed();
        final boolean restarted = act.system().resumeNode(leader);
        act.end();
        act.remark("node " + leader
                + (restarted ? " continued, ended by itself, restarted" : " continued, follows the new leader"));
    }

    static void leaderKilled(final Act act) {
        act.prepare(act.times().leaseLeaderMs());
        final int leader = act.system().leader();
        act.system().killNode(leader);
        act.begin();
        act.system().startNode(leader);
        act.end();
        act.awaitHealed();
    }

    static void allKilled(final Act act) {
        act.prepare(act.times().leaseLeaderMs());
        for (int node = 0; node < Topology.NODES; node++) {
            act.system().killNode(node);
        }
        act.begin();
        act.system().startSequencer();
        act.end();
        act.awaitHealed();
    }
}
