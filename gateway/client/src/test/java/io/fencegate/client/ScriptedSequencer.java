package io.fencegate.client;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.cluster.ClusteredMediaDriver;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.Header;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A cluster of one whose service keeps the commands that it got, and answers each with what a test has laid ready. It
 * has its own media driver. What a test may touch is thread-safe.
 */
final class ScriptedSequencer implements ClusteredService, AutoCloseable {
    /** Bytes of the commands, in the order of the log. */
    final Queue<UnsafeBuffer> commands = new ConcurrentLinkedQueue<>();

    /** What the next commands are answered: each entry answers one command, with nothing if it is empty. */
    final Queue<List<Answer>> script = new ConcurrentLinkedQueue<>();

    /** What any other command is answered, by its template. */
    volatile IntFunction<List<Answer>> law = templateId -> List.of();

    /** Whether the next command ends its session instead of being answered. */
    final AtomicBoolean closeNextSession = new AtomicBoolean();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
    private final List<Integer> ports;
    private final String ingressEndpoints;
    private final ClusteredMediaDriver node;
    private final ClusteredServiceContainer container;

    /** Writes an answer to a command into a buffer and returns its length. */
    interface Answer {
        int encode(UnsafeBuffer command, UnsafeBuffer answer);
    }

    ScriptedSequencer(final Path directory) {
        this(directory, freePorts(5));
    }

    /** One that takes the place of another, at its ports. */
    ScriptedSequencer(final Path directory, final List<Integer> ports) {
        this.ports = ports;
        final List<String> endpoints =
                ports.stream().map(port -> "localhost:" + port).toList();
        final String aeronDirectory = directory.resolve("sequencer-aeron").toString();
        ingressEndpoints = "0=" + endpoints.get(0);
        node = ClusteredMediaDriver.launch(
                new MediaDriver.Context()
                        .aeronDirectoryName(aeronDirectory)
                        .threadingMode(ThreadingMode.SHARED)
                        .sharedIdleStrategy(idle())
                        .termBufferSparseFile(true)
                        .publicationTermBufferLength(1 << 17)
                        .ipcTermBufferLength(1 << 17)
                        .dirDeleteOnStart(true)
                        .dirDeleteOnShutdown(true),
                new Archive.Context()
                        .aeronDirectoryName(aeronDirectory)
                        .archiveDir(directory.resolve("archive").toFile())
                        .threadingMode(ArchiveThreadingMode.SHARED)
                        .idleStrategySupplier(ScriptedSequencer::idle)
                        .recordingEventsEnabled(false)
                        .controlChannel("aeron:udp?endpoint=" + endpoints.get(4))
                        .replicationChannel("aeron:udp?endpoint=localhost:0"),
                new ConsensusModule.Context()
                        .aeronDirectoryName(aeronDirectory)
                        .clusterDir(directory.resolve("cluster").toFile())
                        .clusterMemberId(0)
                        .clusterMembers("0," + String.join(",", endpoints))
                        .ingressChannel("aeron:udp")
                        .egressChannel("aeron:udp?term-length=128k")
                        .logChannel("aeron:ipc?term-length=128k")
                        .replicationChannel("aeron:udp?endpoint=localhost:0")
                        .idleStrategySupplier(ScriptedSequencer::idle));
        container = ClusteredServiceContainer.launch(new ClusteredServiceContainer.Context()
                .aeronDirectoryName(aeronDirectory)
                .clusterDir(directory.resolve("cluster").toFile())
                .idleStrategySupplier(ScriptedSequencer::idle)
                .clusteredService(this));
    }

    private static BackoffIdleStrategy idle() {
        return new BackoffIdleStrategy(10, 10, 1_000, TimeUnit.MILLISECONDS.toNanos(1));
    }

    private static List<Integer> freePorts(final int count) {
        final List<DatagramSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new DatagramSocket(0));
            }
            return sockets.stream().map(DatagramSocket::getLocalPort).toList();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        } finally {
            CloseHelper.closeAll(sockets);
        }
    }

    List<Integer> ports() {
        return ports;
    }

    String ingressEndpoints() {
        return ingressEndpoints;
    }

    @Override
    public void onSessionMessage(
            final ClientSession session,
            final long timestamp,
            final DirectBuffer message,
            final int offset,
            final int length,
            final Header ignored) {
        header.wrap(message, offset);
        final byte[] bytes = new byte[length];
        message.getBytes(offset, bytes);
        final UnsafeBuffer command = new UnsafeBuffer(bytes);
        commands.add(command);
        if (closeNextSession.getAndSet(false)) {
            session.close();
            return;
        }
        final List<Answer> scripted = script.poll();
        final List<Answer> answers = scripted == null ? law.apply(header.templateId()) : scripted;
        for (final Answer answer : answers) {
            final int answerLength = answer.encode(command, buffer);
            long result = session.offer(buffer, 0, answerLength);
            for (int i = 0; i < 1_000 && result < 0; i++) {
                result = session.offer(buffer, 0, answerLength);
            }
        }
    }

    @Override
    public void onStart(final Cluster cluster, final Image snapshot) {}

    @Override
    public void onSessionOpen(final ClientSession session, final long timestamp) {}

    @Override
    public void onSessionClose(final ClientSession session, final long timestamp, final CloseReason reason) {}

    @Override
    public void onTimerEvent(final long correlationId, final long timestamp) {}

    @Override
    public void onTakeSnapshot(final ExclusivePublication snapshot) {}

    @Override
    public void onRoleChange(final Cluster.Role role) {}

    @Override
    public void onTerminate(final Cluster cluster) {}

    @Override
    public void close() {
        CloseHelper.closeAll(container, node);
    }
}
