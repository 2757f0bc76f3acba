package io.fencegate.sequencer;

import io.aeron.Aeron;
import io.aeron.RethrowingErrorHandler;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.checksum.Checksums;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ClusterBackup;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.security.AuthenticatorSupplier;
import io.fencegate.sequencer.login.SessionRoom;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.SemanticVersion;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NoOpLock;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

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
    private static final int TERM_LENGTH_SNAPSHOT = 1024 * 1024;

    private static final long COPY_COOL_DOWN_MS = 200;
    private static final long COPY_RESPONSE_TIMEOUT_MS = 1000;
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
                .segmentFileLength(config.storage().segmentLength())
                .fileSyncLevel(config.storage().fileSyncLevel())
                .catalogFileSyncLevel(config.storage().fileSyncLevel())
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
                .fileSyncLevel(config.storage().fileSyncLevel())
                .maxConcurrentSessions(config.load().sessionsMax() + SessionRoom.CONNECTING_MAX)
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

    /** A copy of the leader's newest snapshot and of its log from there on. */
    ClusterBackup.Context copy(final Runnable terminationHook) {
        final MemberEndpoints self = config.self();
        final List<String> others = new ArrayList<>(MemberEndpoints.consensusEndpoints(config.members()));
        others.remove(config.memberId());
        return new ClusterBackup.Context()
                .aeronDirectoryName(aeronDirectory)
                .clusterDir(directories.cluster())
                .markFileDir(new File(directories.run(), "copy"))
                .clusterConsensusEndpoints(String.join(",", others))
                .consensusChannel(UDP + "|endpoint=" + self.at(self.consensusPort()))
                .catchupEndpoint(self.at(self.catchupPort()))
                .clusterArchiveContext(new AeronArchive.Context()
                        .controlRequestChannel(UDP)
                        .controlResponseChannel(UDP + "|endpoint=" + self.at(0)))
                .sourceType(ClusterBackup.SourceType.LEADER)
                .initialReplayStart(ClusterBackup.Configuration.ReplayStart.LATEST_SNAPSHOT)
                .clusterBackupCoolDownIntervalNs(TimeUnit.MILLISECONDS.toNanos(COPY_COOL_DOWN_MS))
                .clusterBackupResponseTimeoutNs(TimeUnit.MILLISECONDS.toNanos(COPY_RESPONSE_TIMEOUT_MS))
                .idleStrategySupplier(() -> new SleepingMillisIdleStrategy(1))
                .epochClock(clock)
                .threadFactory(named("copy"))
                .errorHandler(errorHandler)
                .terminationHook(terminationHook);
    }

    /** A session of that client with the node's own archive. */
    AeronArchive.Context upkeepArchive(final Aeron aeron) {
        return new AeronArchive.Context()
                .aeron(aeron)
                .ownsAeronClient(false)
                .controlRequestChannel("aeron:ipc?term-length=" + TERM_LENGTH)
                .controlResponseChannel("aeron:ipc?term-length=" + TERM_LENGTH)
                .controlRequestStreamId(AeronArchive.Configuration.localControlStreamId())
                .lock(NoOpLock.INSTANCE)
                .errorHandler(errorHandler);
    }

    /** A client of the node's own driver that is run by its user's thread. */
    Aeron.Context upkeep() {
        return new Aeron.Context()
                .aeronDirectoryName(aeronDirectory)
                .clientName("sequencer-" + config.memberId() + "-upkeep")
                .useConductorAgentInvoker(true)
                .clientLock(NoOpLock.INSTANCE)
                .subscriberErrorHandler(RethrowingErrorHandler.INSTANCE)
                .epochClock(clock)
                .errorHandler(errorHandler);
    }

    /** The clock that all parts of the node share. */
    MonotonicClock clock() {
        return clock;
    }

    /** A cluster of one needs no network for its log. */
    private String logChannel() {
        return config.members().size() == 1
                ? "aeron:ipc?term-length=" + TERM_LENGTH_LOG
                : "aeron:udp?term-length=" + TERM_LENGTH_LOG;
    }

    /** Makes the thread of a part. */
    ThreadFactory named(final String part) {
        return task -> new Thread(task, "sequencer-" + config.memberId() + "-" + part);
    }
}
