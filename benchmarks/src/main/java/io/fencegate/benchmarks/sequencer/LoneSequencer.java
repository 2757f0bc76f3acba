package io.fencegate.benchmarks.sequencer;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.client.ClientConfig;
import io.fencegate.client.FencegateClient;
import io.fencegate.sequencer.SequencerCluster;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * The shipped sequencer of one node, with the settings of its embedded mode, in this process, and a media driver for its
 * clients. It sleeps, and lives on, while it is paused.
 *
 * <p>Launch and close from the rig's thread.
 */
public final class LoneSequencer implements AutoCloseable {
    private static final long LEADER_TIMEOUT_MS = 30_000;

    private final Gate gate = new Gate(Idling.BACKOFF);
    private volatile String failure;
    private MediaDriver driver;
    private SequencerCluster cluster;

    /**
     * Starts it, and waits until it leads.
     *
     * @param isSynced whether its log is on disk before a command is answered; else it is in the page cache
     * @param directory for its log, on the disk that is measured
     * @param memory for the buffers of drivers
     */
    public LoneSequencer(final boolean isSynced, final Path directory, final Path memory) {
        try {
            driver = MediaDriver.launch(new MediaDriver.Context()
                    .aeronDirectoryName(memory.resolve("lock-clients").toString())
                    .threadingMode(ThreadingMode.SHARED)
                    .sharedIdleStrategy(gate.before(new BackoffIdleStrategy()))
                    .dirDeleteOnShutdown(true));
            cluster = SequencerCluster.launch(
                    new ClusterPair.Shape(1, isSynced ? 1 : 0, Idling.BACKOFF).configs("sequencer", directory, memory),
                    gate::before,
                    (member, reason, fact, cause) ->
                            failure = "the sequencer stopped: reason=" + reason + " fact=" + fact + " cause=" + cause);
            if (!cluster.awaitLeader(LEADER_TIMEOUT_MS)) {
                throw new WrongAnswerException("no leader: waitedMs=" + LEADER_TIMEOUT_MS);
            }
        } catch (final Throwable t) {
            CloseHelper.quietClose(this);
            throw t;
        }
    }

    /** One more client. @return it, closed by whoever asks for it, before the sequencer is */
    public FencegateClient newClient() {
        return FencegateClient.connect(
                ClientConfig.of(driver.aeronDirectoryName()).withSequencer(cluster.ingressEndpoints()));
    }

    /** Before a block. Fails if the sequencer has stopped. */
    public void resume() {
        if (failure != null) {
            throw new WrongAnswerException(failure);
        }
        gate.open(true);
    }

    /** After a block: leaves the cores to others. */
    public void pause() {
        gate.open(false);
    }

    @Override
    public void close() {
        gate.open(true);
        CloseHelper.closeAll(cluster, driver);
    }
}
