package io.fencegate.verification.story.real;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.fencegate.core.grant.SealKey;
import io.fencegate.verification.story.Story;
import io.fencegate.verification.story.Turn;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;

/** What all real stories share: a media driver, and a sequencer of one node. Each has a gateway and names of its own. */
final class RealWorld implements AutoCloseable {
    static final SealKey.Source KEYS = SealKey.Source.of(SealKey.parse("000102030405060708090a0b0c0d0e0f"));

    private final Path directory;
    private final MediaDriver driver;
    private final Aeron aeron;
    private RealSequencer shared;
    private int sequencers;

    RealWorld(final Path directory) {
        this.directory = directory;
        driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(directory.resolve("aeron").toString())
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new BackoffIdleStrategy(10, 20, 1_000, 100_000))
                .termBufferSparseFile(true)
                // A test machine that stands still for some seconds is no lost client.
                .clientLivenessTimeoutNs(TimeUnit.SECONDS.toNanos(60))
                .publicationUnblockTimeoutNs(TimeUnit.SECONDS.toNanos(90))
                .publicationTermBufferLength(1 << 20)
                .ipcTermBufferLength(1 << 20)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
        aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(driver.aeronDirectoryName())
                .idleSleepDurationNs(1_000_000));
    }

    Path directory() {
        return directory;
    }

    String aeronDirectoryName() {
        return driver.aeronDirectoryName();
    }

    Aeron aeron() {
        return aeron;
    }

    /** The sequencer of a story: the shared one, unless the story has other nodes, or begins with its first term. */
    RealSequencer sequencer(final Story story) {
        final boolean isShared = story.sequencerNodes() == 1 && story.isSealed() && !story.hasTurn(Turn.Kind.ALL_LOST);
        if (isShared && shared != null) {
            return shared;
        }
        final RealSequencer sequencer = new RealSequencer(
                story.sequencerNodes(),
                directory.resolve("sequencer" + ++sequencers),
                story.isSealed() ? KEYS : SealKey.Source.of());
        if (isShared) {
            shared = sequencer;
        }
        return sequencer;
    }

    boolean isShared(final RealSequencer sequencer) {
        return sequencer == shared;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(shared, aeron, driver);
    }
}
