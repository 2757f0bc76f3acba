package io.fencegate.benchmarks.throughput;

import io.aeron.driver.MediaDriver;
import io.fencegate.benchmarks.measure.Figure;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Measure.Names;
import io.fencegate.benchmarks.measure.Paired;
import io.fencegate.benchmarks.measure.Spread;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Rig;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.Scratch;
import io.fencegate.benchmarks.rig.WriteStream;
import io.fencegate.codecs.JournalLimits;
import io.fencegate.storage.durability.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.agrona.IoUtil;

/**
 * Writes a second, many under way at a time, beside records a second that a raw Chronicle queue takes.
 *
 * <p>The subject is one client thread with one writer, and the line of a gateway in the same process: every write is
 * offered, sent over IPC, checked against the fence, journaled with its head and checksum, answered, and the answer is
 * checked. As many are under way as a gateway lets a session have unanswered. The floor is one thread that appends
 * records built before, with the bytes of the user alone.
 *
 * <p>A block is a fixed count of writes, from the first offer to the last answer, behind a run-in that is answered and not
 * counted. Each block of either has an empty journal or queue of its own on the same disk, whose pages it touches first;
 * it is deleted before the next block, so that the disk holds one at a time. Starting and closing are not measured, and
 * what the disk still has to write when a block ends is not waited for, in neither.
 */
public final class ThroughputRig implements Rig {
    private static final String ID = "P3";
    private static final Goal GOAL = Goal.atLeast(0.6);
    private static final int MESSAGE_LENGTH = 64;
    private static final int RUN_IN_PART = 10;
    private static final int OFFERS_PER_TURN = 64;

    private final Room room;

    /** On the real disk. */
    public ThroughputRig() {
        this(Room.ofSystem());
    }

    ThroughputRig(final Room room) {
        this.room = room;
    }

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public String description() {
        return "pipelined writes a second over IPC, beside appends a second to a raw queue";
    }

    @Override
    public List<String> goals() {
        return List.of(ID);
    }

    @Override
    public List<Measure> run(final Run run) throws Exception {
        final List<Measure> rows = new ArrayList<>();
        for (final Size size : Size.of(run.effort())) {
            if (!rows.isEmpty() && run.isStopped()) {
                break;
            }
            run.tell(size.messageLength() + " B");
            rows.add(measure(run, size));
        }
        return rows;
    }

    private Measure measure(final Run run, final Size size) throws Exception {
        final int length = size.messageLength();
        final String what = "pipelined writes, IPC, " + length + " B, one writer";
        final Goal goal = length == MESSAGE_LENGTH ? GOAL : Goal.reported();
        final Optional<String> lack = room.lacks(run.directory(), Room.journaled(size.all(), length));
        if (lack.isPresent()) {
            return Measure.failed(ID, what, goal, lack.get());
        }
        final Paired<Flow> pairs;
        try (Scratch scratch = run.scratch();
                MediaDriver driver = FlowGateway.driver()) {
            scratch.include(Path.of(driver.aeronDirectoryName()));
            final FlowGateway.Config config = new FlowGateway.Config(
                    driver.aeronDirectoryName(),
                    scratch.directory().resolve("gateway"),
                    Durability.PROCESS,
                    1,
                    length,
                    run.idling());
            final Path floor = scratch.directory().resolve("floor");
            pairs = run.turns(size.warmups(), size.blocks())
                    .run(() -> subject(config, size, run::isStopped), () -> floor(floor, size, run::isStopped));
        }
        return withRates(
                        Measure.ratio(ID, what, goal, pairs, Flow::perSecond, Names.GATEWAY_AND_FLOOR, "writes/s"),
                        length)
                .withNote("window=" + FlowGateway.WINDOW + " writes; a record of the gateway's journal has "
                        + (JournalLimits.ACCEPTED_FIXED_LENGTH + length) + " bytes, one of the floor's " + length);
    }

    private static Measure withRates(final Measure row, final int length) {
        final List<Figure> figures = new ArrayList<>(row.figures());
        row.figures().stream()
                .filter(figure -> figure.unit().equals("writes/s"))
                .forEach(figure ->
                        figures.add(new Figure(figure.name() + " payload", megabytes(figure, length), "MB/s")));
        return new Measure(row.id(), row.what(), row.goal(), row.outcome(), figures, row.notes());
    }

    private static Spread megabytes(final Figure perSecond, final int length) {
        final Spread spread = perSecond.spread();
        final double factor = length / 1e6;
        return new Spread(spread.median() * factor, spread.min() * factor, spread.max() * factor);
    }

    /** One block of the gateway, of which nothing is left. */
    static Flow subject(final FlowGateway.Config config, final Size size, final BooleanSupplier stopped)
            throws IOException {
        try (FlowGateway gateway = new FlowGateway(config)) {
            final Patience patience = new Patience(config.idling().strategy());
            pump(gateway, size.runIn(), patience, stopped);
            final long startNs = System.nanoTime();
            final long counted = pump(gateway, size.writes(), patience, stopped);
            final long nanos = System.nanoTime() - startNs;
            gateway.verify();
            return new Flow(counted, nanos);
        } finally {
            IoUtil.delete(config.directory().toFile(), true);
        }
    }

    /** Writes until so many more are answered; fewer, but at least one, if it is stopped. */
    private static long pump(
            final FlowGateway gateway, final long writes, final Patience patience, final BooleanSupplier stopped) {
        final WriteStream stream = gateway.streams().get(0);
        final long first = stream.answered();
        long last = first + writes;
        while (stream.answered() < last) {
            int workCount = 0;
            while (workCount < OFFERS_PER_TURN && stream.offered() < last && stream.offer()) {
                workCount++;
            }
            workCount += stream.poll();
            gateway.checkAlive();
            patience.after(workCount);
            if (stopped.getAsBoolean()) {
                last = Math.max(first + 1, stream.offered());
            }
        }
        return last - first;
    }

    /** One block of the floor, of which nothing is left. */
    static Flow floor(final Path directory, final Size size, final BooleanSupplier stopped) {
        try (AppendFloor floor = new AppendFloor(directory, size.messageLength())) {
            return floor.block(size.runIn(), size.writes(), stopped);
        } finally {
            IoUtil.delete(directory.toFile(), true);
        }
    }

    /**
     * How much is measured with messages of one length. Immutable.
     *
     * @param messageLength bytes that a user wants written
     * @param warmups blocks of each subject that are not counted
     * @param blocks of each that are
     * @param writes in a block
     */
    record Size(int messageLength, int warmups, int blocks, int writes) {
        static List<Size> of(final Effort effort) {
            return switch (effort) {
                case SMOKE -> List.of(new Size(MESSAGE_LENGTH, 0, 2, 10_000));
                case QUICK -> List.of(new Size(MESSAGE_LENGTH, 2, 10, 400_000), new Size(1024, 2, 10, 100_000));
                case FULL ->
                    List.of(
                            new Size(MESSAGE_LENGTH, 4, 20, 1_000_000),
                            new Size(256, 2, 12, 600_000),
                            new Size(1024, 2, 12, 200_000),
                            new Size(8192, 2, 12, 40_000));
            };
        }

        int runIn() {
            return writes / RUN_IN_PART;
        }

        int all() {
            return writes + runIn();
        }
    }
}
