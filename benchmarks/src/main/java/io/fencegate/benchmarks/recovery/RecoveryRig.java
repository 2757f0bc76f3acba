package io.fencegate.benchmarks.recovery;

import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Paired;
import io.fencegate.benchmarks.rig.Rig;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.Scratch;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Records replayed a second by the product, every checksum verified, beside Chronicle's own tailer that computes the same
 * checksums over the same bytes. Both read the same files in turns, on one thread, from the page cache, which the journal
 * still fills when it has just been written; each opens them anew for each block, and that is counted. Both must count
 * the same records and come to the same CRC, which covers all records before it.
 *
 * <p>Not alike: the floor walks Chronicle's documents and computes one CRC for each record. Recovery reads the frames in
 * the mapped file itself, computes the same CRC, and besides reads the fence log, checks link, position, token and
 * sequence of each record, and fills a fence table, whose making is counted. An audit reads as recovery does, checks
 * checksum, link and position, and hands each record to a listener. So either may be faster than the floor where its
 * reader is cheaper than Chronicle's.
 *
 * <p>Left out: a cold disk, journals of many generations, and what a start does besides (see {@link RestartRig}).
 */
public final class RecoveryRig implements Rig {
    private static final double GOAL = 0.7;
    private static final int RESOURCES = 500;

    @Override
    public String name() {
        return "recovery";
    }

    @Override
    public String description() {
        return "records replayed and verified a second beside a raw tailer that computes the same CRCs";
    }

    @Override
    public List<String> goals() {
        return List.of("P9");
    }

    @Override
    public List<Measure> run(final Run run) throws Exception {
        final long writes = switch (run.effort()) {
            case SMOKE -> 20_000;
            case QUICK -> 1_000_000;
            case FULL -> 5_000_000;
        };
        final String what = String.format(
                "replay of %,d records of %d B, checksums verified: records a second",
                writes, FilledJournal.PAYLOAD_LENGTH);
        try (Scratch scratch = run.scratch()) {
            run.tell(String.format("writing a journal of %,d records", writes));
            final FilledJournal journal =
                    FilledJournal.fill(scratch.directory().resolve("journal"), RESOURCES, writes, run.stopped());
            if (journal == null) {
                return List.of(Measure.skipped("P9", what, Goal.atLeast(GOAL), "stopped before it began"));
            }
            final TailerFloor tailer = new TailerFloor(journal.directory());
            final ProductReplay product = new ProductReplay(journal);
            final int crc = tailer.replay().crc();
            final Callable<Replay> floor = () -> tailer.replay().checked("floor", journal, crc);
            run.tell("recovery beside a raw tailer");
            final Paired<Replay> recovered =
                    turns(run, () -> product.recover().checked("recovery", journal, crc), floor);
            run.tell("audit beside a raw tailer");
            final Paired<Replay> read = turns(run, () -> product.read().checked("audit", journal, crc), floor);
            return List.of(
                    row("P9", what, Goal.atLeast(GOAL), recovered, "recovery"),
                    row("", what + ", as an audit reads them", Goal.reported(), read, "audit"));
        }
    }

    private static Paired<Replay> turns(final Run run, final Callable<Replay> subject, final Callable<Replay> floor)
            throws Exception {
        return switch (run.effort()) {
            case SMOKE -> run.turns(0, 2).run(subject, floor);
            case QUICK -> run.turns(2, 10).run(subject, floor);
            case FULL -> run.turns(1, 10).run(subject, floor);
        };
    }

    private static Measure row(
            final String id, final String what, final Goal goal, final Paired<Replay> pairs, final String subject) {
        return Measure.ratio(
                        id,
                        what,
                        goal,
                        pairs,
                        Replay::recordsPerSecond,
                        new Measure.Names(subject, "tailer"),
                        "records/s")
                .withNote("from the page cache, warm for both");
    }
}
