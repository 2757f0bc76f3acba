package io.fencegate.benchmarks.steps.write;

import io.aeron.ExclusivePublication;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.codecs.wire.WriteEncoder;
import io.fencegate.core.fence.OffHeapFenceTable;
import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.Sealer;
import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import io.fencegate.journal.Journal;
import io.fencegate.journal.JournalConfig;
import io.fencegate.storage.flow.LawParts;
import io.fencegate.storage.flow.LineLaw;
import io.fencegate.storage.flow.Recorder;
import io.fencegate.storage.flow.ServingLaw;
import io.fencegate.storage.flow.SyncProgress;
import io.fencegate.storage.flow.Tally;
import io.fencegate.storage.line.GatewayFacts;
import io.fencegate.storage.recovery.FenceRecovery;
import io.fencegate.storage.session.Outlet;
import io.fencegate.storage.session.Session;
import io.fencegate.storage.session.SessionLimits;
import io.fencegate.storage.session.Sessions;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the line of a gateway has around it while it serves one client: law, fence table, journal on disk, and the way for
 * answers. Durability is {@code process}: nothing waits for a sync. One thread.
 */
final class LineStage implements AutoCloseable {
    static final long TOKEN = Token.of(1, 1);
    static final long CLIENT_ID = 7;
    static final int HANDLE = 0;

    private static final int RESOURCES = 1_000;
    private static final int SEQUENCE_OFFSET = WireLimits.HEADER_LENGTH + WriteEncoder.sequenceEncodingOffset();

    final OffHeapFenceTable fences =
            new OffHeapFenceTable(RESOURCES, RESOURCES * 128L, WireLimits.PAYLOAD_LENGTH_MAX, 42);
    final Session session = new Session(SessionLimits.DEFAULT, System.nanoTime());
    final UnsafeBuffer payload;
    final int payloadCrc;
    final UnsafeBuffer message;
    final Journal journal;
    final Outlet publisher;
    final LineLaw law;
    final Object adapter;

    private final Path directory;

    /**
     * Opens everything, with a session that has not said hello yet.
     *
     * @param payloadLength of each write
     * @param answers leads to the client
     */
    LineStage(final int payloadLength, final ExclusivePublication answers) throws Throwable {
        payload = new UnsafeBuffer(BufferUtil.allocateDirectAligned(payloadLength, Long.BYTES));
        payloadCrc = new PayloadCrc().compute(payload, 0, payloadLength);
        message = message(payload, payloadCrc);
        directory = Files.createTempDirectory(Path.of(System.getProperty(StepRuns.DIRECTORY)), "steps-");
        journal = Journal.open(
                JournalConfig.of(directory.resolve("journal")),
                new FenceRecovery(fences, directory.toString(), false, () -> {}));
        final Recorder recorder = Doors.journalRecorder(journal);
        final GatewayFacts facts = new GatewayFacts(
                journal.journalId(),
                journal.generation(),
                WireLimits.PAYLOAD_LENGTH_MAX,
                SessionLimits.DEFAULT.answersPendingMax());
        publisher = Doors.answerPublisher(answers, facts, journal.reader());
        final Sessions sessions = new Sessions(1);
        final LawParts parts = new LawParts(fences, Sealer.none(), recorder, (SyncProgress) recorder, false);
        law = new ServingLaw(parts, sessions, SessionLimits.DEFAULT, publisher, new NoTally());
        adapter = Doors.requestAdapter(law.requests());
        sessions.add(session);
        turn();
    }

    private static UnsafeBuffer message(final UnsafeBuffer payload, final int payloadCrc) {
        final UnsafeBuffer message = new UnsafeBuffer(
                BufferUtil.allocateDirectAligned(WireLimits.WRITE_FIXED_LENGTH + payload.capacity(), Long.BYTES));
        new WriteEncoder()
                .wrapAndApplyHeader(message, 0, new MessageHeaderEncoder())
                .token(TOKEN)
                .sequence(0)
                .handle(HANDLE)
                .payloadCrc(Integer.toUnsignedLong(payloadCrc))
                .putPayload(payload, 0, payload.capacity());
        return message;
    }

    /** Opens the resource, without a client. */
    void openResource() {
        session.welcome(1, CLIENT_ID);
        final UnsafeBuffer name = new UnsafeBuffer(new byte[64]);
        final int length = name.putStringWithoutLengthAscii(0, "benchmarks/steps");
        law.requests()
                .onOpen(session, 1, new OpenRequest().name(name, 0, length).grant(TOKEN, CLIENT_ID, 0));
        journal.fenceLog().sync();
        if (release() != 1 || fences.owner(HANDLE) != session.number()) {
            throw new WrongAnswerException("the resource was not opened: owner=" + fences.owner(HANDLE));
        }
    }

    /** A turn of the line begins. */
    void turn() {
        law.onTurn(System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
    }

    /** The message of a write with this sequence. */
    UnsafeBuffer message(final long sequence) {
        message.putLong(SEQUENCE_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
        return message;
    }

    /** Lets answers go. @return how many went */
    int release() {
        return session.answers().release(session, law.durablePosition(), law.fenceOffsetSynced(), law.outlet());
    }

    @Override
    public void close() {
        CloseHelper.closeAll(journal, fences, () -> IoUtil.delete(directory.toFile(), true));
    }

    /** Counting is not a step. */
    private static final class NoTally implements Tally {
        @Override
        public void count(final Verdict verdict) {
            if (!verdict.isSuccess() || verdict == Verdict.DUPLICATE) {
                throw new WrongAnswerException("verdict=" + verdict);
            }
        }

        @Override
        public void sessions(final int count) {
            // One.
        }

        @Override
        public void countBlocked() {
            throw new WrongAnswerException("the way for answers is blocked");
        }
    }
}
