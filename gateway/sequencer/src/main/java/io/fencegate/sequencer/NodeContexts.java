package io.fencegate.sequencer;

import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.checksum.Checksums;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.security.AuthenticatorSupplier;
import io.fencegate.sequencer.login.SessionRoom;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.SemanticVersion;
import org.agrona.concurrent.IdleStrategy;

/**
 * Turns the configuration of a node into what Aeron wants to know for each of its four parts. They share one clock, and
 * a thread each.
 *
 * <p>One thread.
 */
final class NodeContexts {
    /** Members refuse to follow a leader of another major version. */
    static final int APP_VERSION = SemanticVersion.compose(0, 1, 0);

    private static final int TERM_LENGTH_LOG = 1024 * 1024;
    private static final int TERM_LENGTH = 128 * 1024;

    /** So much of a snapshot is written, and synced, at once: commands wait until all of it is. */
    private static final int TERM_LENGTH_SNAPSHOT = 4 * 1024 * 1024;

    private static final int SEGMENT_LENGTH = 16 * TERM_LENGTH_LOG;
    private static final String UDP = "aeron:udp?term-length=" + TERM_LENGTH;

    private final SequencerConfig config;
    private final NodeDirectories directories;
    private final Supplier<IdleStrategy> idleStrategies;
    private final AuthenticatorSupplier authenticators;
    private final ErrorHandler errorHandler;
    private final MonotonicClock clock = new MonotonicClock();
    private final String aeronDirectory;

    NodeContexts(
            final SequencerConfig config,
            final NodeDirectories directories,
            final Supplier<IdleStrategy> idleStrategies,
            final AuthenticatorSupplier authenticators,
            final ErrorHandler errorHandler) {
        this.config = config;
        this.directories = directories;
        this.idleStrategies = idleStrategies;
        this.authenticators = authenticators;
        this.errorHandler = errorHandler;
        aeronDirectory = config.aeronDirectory().toString();
    }

    MediaDriver.Context driver(final Runnable terminationHook) {
        return new MediaDriver.Context()
                .aeronDirectoryName(aeronDirectory)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .threadingMode(ThreadingMode.SHARED)
                .asyncExecutorEnabled(false)
                .sharedIdleStrategy(idleStrategies.get())
                .termBufferSparseFile(true)
                .publicationTermBufferLength(TERM_LENGTH)
                .ipcTermBufferLength(TERM_LENGTH)
                .epochClock(clock)
                .sharedThreadFactory(named("driver"))
                .errorHandler(errorHandler)
                .terminationHook(terminationHook);
    }

    Archive.Context archive() {
        final MemberEndpoints self = config.self();
        return new Archive.Context()
                .aeronDirectoryName(aeronDirectory)
                .archiveDir(directories.archive())
                .markFileDir(directories.run())
                .controlChannel("aeron:udp?endpoint=" + self.at(self.archivePort()))
                .controlTermBufferLength(TERM_LENGTH)
                .replicationChannel("aeron:udp?endpoint=" + self.at(0))
                .recordingEventsEnabled(false)
                .threadingMode(ArchiveThreadingMode.SHARED)
                .idleStrategySupplier(idleStrategies)
                .segmentFileLength(SEGMENT_LENGTH)
                .fileSyncLevel(config.fileSyncLevel())
                .catalogFileSyncLevel(config.fileSyncLevel())
                .recordChecksum(Checksums.crc32c())
                .epochClock(clock)
                .threadFactory(named("archive"))
                .errorHandler(errorHandler);
    }

    ConsensusModule.Context consensusModule(final Runnable terminationHook) {
        final SequencerTimings timings = config.timings();
        return new ConsensusModule.Context()
                .aeronDirectoryName(aeronDirectory)
                .clusterDir(directories.cluster())
                .markFileDir(directories.run())
                .clusterMemberId(config.memberId())
                .clusterMembers(MemberEndpoints.clusterMembers(config.members()))
                .ingressChannel(UDP)
                .egressChannel(UDP)
                .logChannel(logChannel())
                .replicationChannel("aeron:udp?endpoint=" + config.self().at(0))
                .appVersion(APP_VERSION)
                .fileSyncLevel(config.fileSyncLevel())
                .maxConcurrentSessions(config.admission().sessionsMax() + SessionRoom.CONNECTING_MAX)
                .authenticatorSupplier(authenticators)
                .sessionTimeoutNs(TimeUnit.MILLISECONDS.toNanos(timings.sessionTimeoutMs()))
                .leaderHeartbeatIntervalNs(TimeUnit.MILLISECONDS.toNanos(timings.heartbeatIntervalMs()))
                .leaderHeartbeatTimeoutNs(TimeUnit.MILLISECONDS.toNanos(timings.heartbeatTimeoutMs()))
                .electionTimeoutNs(TimeUnit.MILLISECONDS.toNanos(timings.electionTimeoutMs()))
                .electionStatusIntervalNs(TimeUnit.MILLISECONDS.toNanos(timings.heartbeatIntervalMs()))
                .startupCanvassTimeoutNs(TimeUnit.MILLISECONDS.toNanos(timings.startupCanvassMs()))
                .idleStrategySupplier(idleStrategies)
                .clusterClock(clock)
                .epochClock(clock)
                .threadFactory(named("consensus"))
                .errorHandler(errorHandler)
                .terminationHook(terminationHook);
    }

    ClusteredServiceContainer.Context container(final ClusteredService service, final Runnable terminationHook) {
        return new ClusteredServiceContainer.Context()
                .aeronDirectoryName(aeronDirectory)
                .clusterDir(directories.cluster())
                .markFileDir(directories.run())
                .clusteredService(service)
                .snapshotChannel("aeron:ipc?alias=snapshot|term-length=" + TERM_LENGTH_SNAPSHOT)
                .serviceName("sequencer-" + config.memberId())
                .appVersion(APP_VERSION)
                .idleStrategySupplier(idleStrategies)
                .epochClock(clock)
                .threadFactory(named("service"))
                .errorHandler(errorHandler)
                .terminationHook(terminationHook);
    }

    /** A cluster of one needs no network for its log. */
    private String logChannel() {
        return config.members().size() == 1
                ? "aeron:ipc?term-length=" + TERM_LENGTH_LOG
                : "aeron:udp?term-length=" + TERM_LENGTH_LOG;
    }

    private ThreadFactory named(final String part) {
        return task -> new Thread(task, "sequencer-" + config.memberId() + "-" + part);
    }
}
