package io.fencegate.client;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Image;
import io.aeron.Subscription;
import io.fencegate.client.gateway.GatewayChannels;
import io.fencegate.codecs.wire.HelloDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.OpenDecoder;
import io.fencegate.codecs.wire.ReadDecoder;
import io.fencegate.codecs.wire.WriteDecoder;
import io.fencegate.core.fence.FenceTable;
import io.fencegate.core.fence.OffHeapFenceTable;
import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.RecordRef;
import io.fencegate.core.fence.WriteRequest;
import io.fencegate.core.grant.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * A gateway without a journal: the real fence table behind the real protocol, with faults that a test can order. Runs on
 * its own thread; what a test may touch is thread-safe or goes through {@link #run}.
 */
final class ScriptedGateway implements Agent, AutoCloseable {
    static final int PAYLOAD_LENGTH_MAX = 60_000;
    static final int ANSWERS_PENDING_MAX = 8;
    private static final int FRAGMENT_LIMIT = 16;

    final AtomicInteger writesToDrop = new AtomicInteger();
    final AtomicInteger writeAnswersToSwallow = new AtomicInteger();
    final AtomicLong deafToOpensOf = new AtomicLong();
    final AtomicReference<Verdict> helloRefusal = new AtomicReference<>();
    final AtomicReference<Verdict> nextOpenRefusal = new AtomicReference<>();
    final AtomicReference<Verdict> nextWriteRefusal = new AtomicReference<>();
    final AtomicReference<byte[]> garbageBeforeNextAnswer = new AtomicReference<>();
    final AtomicInteger hellos = new AtomicInteger();
    final AtomicInteger opens = new AtomicInteger();
    final AtomicInteger keepAlives = new AtomicInteger();

    private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Image> arrived = new ConcurrentLinkedQueue<>();
    private final Map<Image, ScriptedSession> sessions = new HashMap<>();
    private final Map<Integer, byte[]> lastPayloads = new HashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OpenRequest openRequest = new OpenRequest();
    private final WriteRequest writeRequest = new WriteRequest();
    private final RecordRef record = new RecordRef();
    private final Aeron aeron;
    private final Subscription requests;
    private final String answerChannel;
    private final AgentRunner runner;
    private FenceTable fences = newTable();
    private long journalId = 42;
    private long generation = 1;
    private long position;
    private long sessionNumber;

    ScriptedGateway(final String aeronDirectory) {
        this(aeronDirectory, "aeron:ipc", "aeron:ipc?control-mode=response");
    }

    ScriptedGateway(final String aeronDirectory, final String requestChannel, final String answerChannel) {
        this.answerChannel = answerChannel;
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(aeronDirectory));
        requests = aeron.addSubscription(requestChannel, GatewayChannels.REQUEST_STREAM_ID, arrived::add, image -> {});
        runner = new AgentRunner(
                new BackoffIdleStrategy(10, 10, 1_000, 100_000), Throwable::printStackTrace, null, this);
        AgentRunner.startOnThread(runner);
    }

    private static FenceTable newTable() {
        return new OffHeapFenceTable(64, 8192, PAYLOAD_LENGTH_MAX, 1);
    }

    /** Runs a command on the gateway's thread and waits for it. */
    void run(final Runnable command) {
        final CompletableFuture<Void> done = new CompletableFuture<>();
        commands.add(() -> {
            try {
                command.run();
                done.complete(null);
            } catch (final RuntimeException ex) {
                done.completeExceptionally(ex);
            }
        });
        done.orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Every session ends, as at a restart; fences and records stand, and nobody owns a resource. */
    void endSessions() {
        run(() -> {
            sessions.values().forEach(session -> session.close(fences));
            generation++;
        });
    }

    /** Every session ends, and the gateway that is met next has this journal and generation. */
    void becomeAnother(final long nextJournalId, final long nextGeneration) {
        run(() -> {
            sessions.values().forEach(session -> session.close(fences));
            journalId = nextJournalId;
            generation = nextGeneration;
        });
    }

    /** The sessions that there are stay as they are, and nobody listens to them any more, as after a kill. */
    void goDeaf() {
        run(() -> sessions.values().forEach(session -> session.isDeaf = true));
    }

    /** All fences and records are gone, as with a journal that was lost. */
    void forgetEverything() {
        run(() -> {
            sessions.values().forEach(session -> session.close(fences));
            fences.close();
            fences = newTable();
            lastPayloads.clear();
        });
    }

    /** How many records were accepted in all. */
    long records() {
        final AtomicReference<Long> count = new AtomicReference<>();
        run(() -> count.set(position));
        return count.get();
    }

    @Override
    public int doWork() {
        int workCount = 0;
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
            workCount++;
        }
        for (Image image = arrived.poll(); image != null; image = arrived.poll()) {
            sessions.put(image, newSession(image));
            workCount++;
        }
        for (final ScriptedSession session : new ArrayList<>(sessions.values())) {
            workCount += session.poll(FRAGMENT_LIMIT);
        }
        sessions.values().removeIf(session -> session.removeIfGone(fences));
        return workCount;
    }

    private ScriptedSession newSession(final Image image) {
        final ExclusivePublication answers = aeron.addExclusivePublication(
                answerChannel + "|term-length=1m|response-correlation-id=" + image.correlationId(),
                GatewayChannels.ANSWER_STREAM_ID);
        final ScriptedSession session = new ScriptedSession(++sessionNumber, image, answers);
        session.assembler =
                new FragmentAssembler((buffer, offset, length, ignored) -> onRequest(session, buffer, offset));
        return session;
    }

    private void onRequest(final ScriptedSession session, final DirectBuffer buffer, final int offset) {
        if (session.isDeaf) {
            return;
        }
        header.wrap(buffer, offset);
        final byte[] garbage = garbageBeforeNextAnswer.getAndSet(null);
        if (garbage != null) {
            session.garbage(garbage);
        }
        switch (header.templateId()) {
            case HelloDecoder.TEMPLATE_ID ->
                onHello(session, new HelloDecoder().wrapAndApplyHeader(buffer, offset, header));
            case OpenDecoder.TEMPLATE_ID ->
                onOpen(session, new OpenDecoder().wrapAndApplyHeader(buffer, offset, header));
            case WriteDecoder.TEMPLATE_ID ->
                onWrite(session, new WriteDecoder().wrapAndApplyHeader(buffer, offset, header));
            case ReadDecoder.TEMPLATE_ID ->
                onRead(session, new ReadDecoder().wrapAndApplyHeader(buffer, offset, header));
            default -> keepAlives.incrementAndGet();
        }
    }

    private void onHello(final ScriptedSession session, final HelloDecoder hello) {
        hellos.incrementAndGet();
        final Verdict refusal = helloRefusal.get();
        if (refusal == null) {
            session.welcome(hello.correlationId(), journalId, generation, PAYLOAD_LENGTH_MAX, ANSWERS_PENDING_MAX);
        } else {
            session.requestRefused(hello.correlationId(), HelloDecoder.TEMPLATE_ID, refusal);
        }
    }

    private void onOpen(final ScriptedSession session, final OpenDecoder open) {
        opens.incrementAndGet();
        if (open.clientId() == deafToOpensOf.get()) {
            return;
        }
        final int nameOffset = open.limit() + OpenDecoder.resourceHeaderLength();
        openRequest
                .name(open.buffer(), nameOffset, open.resourceLength())
                .grant(open.token(), open.clientId(), open.seal());
        final Verdict scripted = nextOpenRefusal.getAndSet(null);
        final Verdict verdict = scripted != null ? scripted : fences.checkOpen(openRequest, true, true);
        final int known = fences.find(openRequest);
        if (verdict != Verdict.OPENED) {
            final boolean isFenced = verdict == Verdict.STALE_TOKEN || verdict == Verdict.NOT_OWNER;
            session.openRefused(
                    open.correlationId(),
                    open.token(),
                    isFenced ? fences.token(known) : 0,
                    isFenced ? fences.clientId(known) : 0,
                    verdict);
            return;
        }
        int handle = known;
        if (known == FenceTable.NO_HANDLE || fences.token(known) < open.token()) {
            handle = fences.raise(openRequest);
        } else {
            fences.suspend(known);
        }
        fences.opened(handle, open.token(), open.clientId(), session.number());
        fences.lastRecord(handle, record);
        session.opened(open.correlationId(), open.token(), handle, fences, record);
    }

    private void onWrite(final ScriptedSession session, final WriteDecoder write) {
        if (writesToDrop.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            return;
        }
        final int payloadOffset = write.limit() + WriteDecoder.payloadHeaderLength();
        final int payloadLength = write.payloadLength();
        writeRequest
                .header(write.handle(), write.token(), write.sequence(), (int) write.payloadCrc())
                .payload(write.buffer(), payloadOffset, payloadLength);
        final Verdict scripted = nextWriteRefusal.getAndSet(null);
        final Verdict verdict = scripted != null ? scripted : fences.checkWrite(session.number(), writeRequest, true);
        if (verdict == Verdict.ACCEPTED) {
            position++;
            record.set(generation, position, position);
            fences.accepted(write.handle(), write.token(), write.sequence(), (int) write.payloadCrc(), record);
            lastPayloads.put(write.handle(), keep(write, payloadOffset, payloadLength));
        }
        if (writeAnswersToSwallow.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            return;
        }
        if (verdict.isSuccess()) {
            fences.lastRecord(write.handle(), record);
            session.writeAccepted(write, verdict, record);
        } else {
            final long fence = fences.token(write.handle());
            session.writeRefused(
                    write,
                    verdict,
                    fence > write.token() ? fence : 0,
                    fence > write.token() ? fences.clientId(write.handle()) : 0,
                    verdict == Verdict.SEQUENCE_GAP ? fences.sequenceLast(write.handle()) + 1 : 0);
        }
    }

    /** One array a resource, so that the gateway's thread does not produce garbage for each write. */
    private byte[] keep(final WriteDecoder write, final int offset, final int length) {
        final byte[] old = lastPayloads.get(write.handle());
        final byte[] payload = old != null && old.length == length ? old : new byte[length];
        write.buffer().getBytes(offset, payload);
        return payload;
    }

    private void onRead(final ScriptedSession session, final ReadDecoder read) {
        final int nameOffset = read.limit() + ReadDecoder.resourceHeaderLength();
        openRequest.name(read.buffer(), nameOffset, read.resourceLength());
        final int handle = fences.find(openRequest);
        if (handle == FenceTable.NO_HANDLE || fences.lastToken(handle) == 0) {
            session.requestRefused(read.correlationId(), ReadDecoder.TEMPLATE_ID, Verdict.NO_RECORD);
            return;
        }
        fences.lastRecord(handle, record);
        session.lastRecord(read.correlationId(), handle, fences, record, lastPayloads.get(handle));
    }

    @Override
    public String roleName() {
        return "scripted-gateway";
    }

    @Override
    public void close() {
        CloseHelper.closeAll(List.of(runner, requests, aeron));
        fences.close();
    }
}
