package io.fencegate.benchmarks;

import io.fencegate.benchmarks.epsilon.EpsilonRig;
import io.fencegate.benchmarks.latency.DisturbedRig;
import io.fencegate.benchmarks.latency.MatrixRig;
import io.fencegate.benchmarks.latency.RoundTripRig;
import io.fencegate.benchmarks.latency.SessionsRig;
import io.fencegate.benchmarks.peers.PeersRig;
import io.fencegate.benchmarks.recovery.RecoveryRig;
import io.fencegate.benchmarks.recovery.RestartRig;
import io.fencegate.benchmarks.rig.Rig;
import io.fencegate.benchmarks.sequencer.AcquireRig;
import io.fencegate.benchmarks.steps.MemoryRig;
import io.fencegate.benchmarks.steps.TableRig;
import io.fencegate.benchmarks.steps.write.StepsRig;
import io.fencegate.benchmarks.throughput.DiskRig;
import io.fencegate.benchmarks.throughput.ThroughputRig;
import java.nio.file.Path;
import java.util.List;

/** Every instrument, in the order of the table. */
final class Rigs {
    private static final List<Rig> ALL = List.of(
            RoundTripRig.ipc(),
            RoundTripRig.udp(),
            new ThroughputRig(),
            new SessionsRig(),
            new DisturbedRig(),
            new TableRig(),
            new EpsilonRig(),
            new DiskRig(),
            new AcquireRig(),
            new MemoryRig(),
            new RecoveryRig(),
            new RestartRig(),
            new StepsRig(),
            new MatrixRig(),
            PeersRig.of(Path.of(System.getProperty("fencegate.home", "."))));

    private Rigs() {}

    static List<Rig> all() {
        return ALL;
    }
}
