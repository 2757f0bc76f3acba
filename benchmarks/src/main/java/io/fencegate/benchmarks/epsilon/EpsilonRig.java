package io.fencegate.benchmarks.epsilon;

import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Rig;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.Scratch;
import io.fencegate.benchmarks.rig.WriteStream;
import io.fencegate.benchmarks.throughput.Patience;
import io.fencegate.benchmarks.throughput.Room;
import io.fencegate.client.ClientConfig;
import io.fencegate.client.FencegateClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How many writes a gateway process takes that never gives memory back: whatever it allocates for a write, for a turn of
 * its threads or for a second of its life stays in a heap of 128 MiB.
 *
 * <p>The gateway is the shipped role in a process of its own, and so is its media driver; one client thread in this process
 * has one writer, keeps as many writes under way as a gateway lets a session have, and checks every answer. The last write
 * is read back. Nothing is timed. Neither the driver's allocation nor the client's is in it.
 */
public final class EpsilonRig implements Rig {
    private static final int MESSAGE_LENGTH = 64;
    private static final int OFFERS_PER_TURN = 64;
    private static final int TURNS_PER_LOOK = 256;
    private static final long WRITES_PER_TELL = 250_000;

    private final Room room;
    private final long wanted;

    /** On the real disk, as many writes as the effort says. */
    public EpsilonRig() {
        this(Room.ofSystem(), 0);
    }

    /** On some disk, so many writes; 0: as the effort says. */
    EpsilonRig(final Room room, final long wanted) {
        this.room = room;
        this.wanted = wanted;
    }

    @Override
    public String name() {
        return "epsilon";
    }

    @Override
    public String description() {
        return "writes that a gateway process takes which never collects garbage, in a heap of 128 MiB";
    }

    @Override
    public List<String> goals() {
        return List.of("P6");
    }

    @Override
    public List<Measure> run(final Run run) throws Exception {
        final long writes = wanted > 0 ? wanted : writes(run.effort());
        final Optional<String> lack = room.lacks(run.directory(), Room.journaled(writes, MESSAGE_LENGTH));
        if (lack.isPresent()) {
            return List.of(Ending.refused(lack.get()));
        }
        try (Scratch scratch = run.scratch();
                EpsilonGateway gateway = new EpsilonGateway(scratch.directory())) {
            scratch.include(Path.of(gateway.aeronDirectory()));
            return List.of(feed(run, gateway, writes).row());
        }
    }

    private static Ending feed(final Run run, final EpsilonGateway gateway, final long wanted) throws IOException {
        try (FencegateClient client = FencegateClient.connect(
                        ClientConfig.of(gateway.aeronDirectory()).withGateway(gateway.channel()));
                WriteStream stream = new WriteStream(client, "benchmarks/epsilon", MESSAGE_LENGTH)) {
            final Patience patience = new Patience(run.idling().strategy());
            final boolean first = pump(run, gateway, stream, patience, wanted / Ending.FIRST_PART);
            final OptionalLong heapAtFirst = first ? gateway.heap().used() : OptionalLong.empty();
            final boolean all = first && pump(run, gateway, stream, patience, wanted);
            if (all) {
                stream.verifyLast();
            }
            final boolean died = !gateway.isAlive();
            final String words = died && !run.isStopped() ? gateway.lastWords() : "";
            return new Ending(
                    kind(all, run.isStopped(), words),
                    wanted,
                    stream.answered(),
                    heapAtFirst,
                    gateway.heap().used(),
                    words);
        }
    }

    private static Ending.Kind kind(final boolean all, final boolean stopped, final String words) {
        if (all) {
            return Ending.Kind.REACHED;
        }
        if (stopped) {
            return Ending.Kind.STOPPED;
        }
        return EpsilonGateway.isOutOfMemory(words) ? Ending.Kind.OUT_OF_MEMORY : Ending.Kind.DIED;
    }

    /** Writes until so many are acknowledged; false if the gateway died or the user had enough before. */
    private static boolean pump(
            final Run run,
            final EpsilonGateway gateway,
            final WriteStream stream,
            final Patience patience,
            final long last) {
        long toldAt = stream.answered();
        int turns = 0;
        while (stream.answered() < last) {
            int workCount = 0;
            while (workCount < OFFERS_PER_TURN && stream.offered() < last && stream.offer()) {
                workCount++;
            }
            workCount += stream.poll();
            turns++;
            if (turns % TURNS_PER_LOOK == 0 && (run.isStopped() || !gateway.isAlive())) {
                return false;
            }
            if (stream.answered() - toldAt >= WRITES_PER_TELL) {
                toldAt = stream.answered();
                run.tell(toldAt + " writes");
            }
            patience.after(workCount);
        }
        return true;
    }

    private static long writes(final Effort effort) {
        return switch (effort) {
            case SMOKE -> 20_000;
            case QUICK -> 2_000_000;
            case FULL -> Ending.GOAL;
        };
    }
}
