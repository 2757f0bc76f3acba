package io.fencegate.benchmarks.peers;

import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Paired;
import io.fencegate.benchmarks.peers.load.Block;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * One line of the peers' table: the blocks of a peer, and of ours in the same rounds. Immutable.
 *
 * @param title of the peer
 * @param version of its server
 * @param what is measured, in a few words
 * @param unlike what is not the same as with ours
 * @param part of the table: class and number of writers
 * @param peer its blocks
 * @param udpTitle what ours is called in the first column of ratios: a lease beside a lock
 * @param udp the blocks of ours of the same rounds
 * @param ipcTitle what ours is called in the second; {@link #NO_TITLE} of a lock, beside which there is one of ours
 * @param ipc the blocks of ours of the same rounds; empty where there is only one of ours
 * @param roundsWanted how many rounds there should be
 */
record PeerLine(
        String title,
        String version,
        String what,
        String unlike,
        String part,
        List<Block> peer,
        String udpTitle,
        List<Block> udp,
        String ipcTitle,
        List<Block> ipc,
        int roundsWanted) {
    /** There is no second one of ours. */
    static final String NO_TITLE = "";

    PeerLine {
        peer = List.copyOf(peer);
        udp = List.copyOf(udp);
        ipc = List.copyOf(ipc);
    }

    /** Whether a lock is measured, and not writes. */
    boolean isLock() {
        return ipcTitle.isEmpty();
    }

    /** One row for each of ours: how many times as long as ours. */
    List<Measure> rows() {
        final List<Measure> rows = new ArrayList<>();
        rows.add(row(udpTitle, udp));
        if (!isLock()) {
            rows.add(row(ipcTitle, ipc));
        }
        return rows;
    }

    private Measure row(final String ours, final List<Block> blocks) {
        final Measure row = Measure.ratio(
                "",
                what + ": p50 beside " + ours,
                Goal.reported(),
                new Paired<>(peer, blocks, roundsWanted),
                Block::p50Us,
                new Measure.Names(title, ours),
                "us");
        return peer.isEmpty() ? row : row.withNote("version " + version + "; unlike: " + unlike);
    }

    /** All blocks of one as one distribution. */
    static Histogram merged(final List<Block> blocks) {
        final Histogram all = Block.emptyHistogram();
        blocks.forEach(block -> all.add(block.histogram()));
        return all;
    }
}
