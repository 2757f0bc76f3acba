package io.fencegate.benchmarks.peers;

import io.fencegate.benchmarks.peers.load.Block;
import io.fencegate.benchmarks.peers.subject.GatewayWrites;
import io.fencegate.benchmarks.peers.subject.LoadProcess;
import io.fencegate.benchmarks.peers.subject.LoadedPeer;
import io.fencegate.benchmarks.peers.subject.SequencerLeases;
import io.fencegate.benchmarks.peers.subject.Subject;
import io.fencegate.benchmarks.peers.subject.Transport;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * One peer in one durability class, its server running: its lines of the table. One thread.
 *
 * @param run whose rig this is
 * @param size how much is measured
 * @param system the peer
 * @param durability the class
 * @param load the process of its clients
 * @param scratch for our journals
 */
record PeerRun(
        Run run, PeersSize size, PeerSystem system, DurabilityClass durability, LoadProcess load, Scratch scratch) {
    private static final String CHART = "peers";
    private static final Path MEMORY = Path.of("/dev/shm");

    /** Measures. @param lines takes each line that there is until the run is stopped, or the peer breaks */
    void measure(final Consumer<PeerLine> lines) throws Exception {
        final String version = load.call("version");
        for (final int writers : size.writers()) {
            if (!run.isStopped()) {
                lines.accept(writes(version, writers));
            }
        }
        if (system.lock() != null && !run.isStopped()) {
            lines.accept(lock(version));
        }
    }

    private PeerLine lock(final String version) throws Exception {
        run.tell(system.title() + ", " + durability + ", lock");
        final Path memory = Files.isWritable(MEMORY) ? MEMORY : scratch.directory();
        try (Scratch buffers = new Scratch(memory);
                Subject peer = LoadedPeer.locking(system.title(), load);
                Subject lease = new SequencerLeases(
                        durability.isSynced(), scratch.directory().resolve("lock"), buffers.directory())) {
            final List<List<Block>> blocks = measured(List.of(peer, lease));
            keep(system.name() + "-lock-" + durability.file(), blocks.get(0));
            keep("fencegate-lease-beside-" + system.name() + "-" + durability.file(), blocks.get(1));
            return new PeerLine(
                    system.title(),
                    version,
                    system.lock() + "; " + durability + ", clients=1",
                    system.unlike(),
                    durability + " | 1",
                    blocks.get(0),
                    lease.name(),
                    blocks.get(1),
                    PeerLine.NO_TITLE,
                    List.of(),
                    size.rounds());
        }
    }

    /** Proof, figures, proof. */
    private List<List<Block>> measured(final List<Subject> subjects) throws Exception {
        for (final Subject subject : subjects) {
            subject.prove();
        }
        final List<List<Block>> blocks = rounds().run(subjects.stream()
                .map(subject -> (Rounds.Turn) subject::block)
                .toList());
        for (final Subject subject : subjects) {
            subject.fence();
        }
        return blocks;
    }

    private PeerLine writes(final String version, final int writers) throws Exception {
        run.tell(system.title() + ", " + durability + ", writers=" + writers);
        try (Subject peer = LoadedPeer.writing(system.title(), load, writers, size.length());
                Subject udp = ours(Transport.UDP, writers);
                Subject ipc = ours(Transport.IPC, writers)) {
            final List<List<Block>> blocks = measured(List.of(peer, udp, ipc));
            final String suffix = "-" + durability.file() + "-" + writers;
            keep(system.name() + suffix, blocks.get(0));
            keep("fencegate-udp-beside-" + system.name() + suffix, blocks.get(1));
            keep("fencegate-ipc-beside-" + system.name() + suffix, blocks.get(2));
            return new PeerLine(
                    system.title(),
                    version,
                    system.writes().get(durability) + "; " + durability + ", writers=" + writers,
                    system.unlike(),
                    durability + " | " + writers,
                    blocks.get(0),
                    udp.name(),
                    blocks.get(1),
                    ipc.name(),
                    blocks.get(2),
                    size.rounds());
        }
    }

    private Rounds rounds() {
        return new Rounds(size.warmups(), size.rounds(), size.blockNs(), run::isStopped);
    }

    private void keep(final String name, final List<Block> blocks) {
        if (!blocks.isEmpty()) {
            run.results().histogram(CHART, name.toLowerCase(Locale.ROOT), PeerLine.merged(blocks));
        }
    }

    private Subject ours(final Transport transport, final int writers) throws IOException {
        return new GatewayWrites(transport, durability.isSynced(), writers, size.length(), scratch);
    }
}
