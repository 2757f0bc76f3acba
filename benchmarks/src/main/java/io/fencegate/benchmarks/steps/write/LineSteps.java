package io.fencegate.benchmarks.steps.write;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.core.fence.OffHeapFenceTable;
import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.RecordRef;
import io.fencegate.core.fence.WriteRequest;
import io.fencegate.core.grant.Verdict;
import io.fencegate.journal.JournalAppender;
import io.fencegate.storage.flow.RequestHandler;
import io.fencegate.storage.session.Answer;
import io.fencegate.storage.session.Outlet;
import io.fencegate.storage.session.Session;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The line's steps of one write, each alone, and all of them together as the line takes them; a batch of each. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LineSteps {
    /** Takes decoded writes and remembers the last one's sequence; anything else is a wrong answer. One thread. */
    private static final class LastSequence implements RequestHandler {
        private long sequence;

        long sequence() {
            return sequence;
        }

        @Override
        public void onWrite(final Session session, final WriteRequest write) {
            sequence = write.sequence();
        }

        @Override
        public void onHello(
                final Session session, final long correlationId, final long clientId, final int protocolVersion) {
            throw new WrongAnswerException("a write was decoded as a hello");
        }

        @Override
        public void onOpen(final Session session, final long correlationId, final OpenRequest open) {
            throw new WrongAnswerException("a write was decoded as an open");
        }

        @Override
        public void onRead(final Session session, final long correlationId, final OpenRequest read) {
            throw new WrongAnswerException("a write was decoded as a read");
        }

        @Override
        public void onMalformed(final Session session, final long correlationId, final int templateId) {
            throw new WrongAnswerException("a write is malformed: templateId=" + templateId);
        }

        @Override
        public void onKeepAlive(final Session session) {
            throw new WrongAnswerException("a write was decoded as a keep-alive");
        }

        @Override
        public void onGoodbye(final Session session) {
            throw new WrongAnswerException("a write was decoded as a goodbye");
        }
    }

    /** A line that serves one client. */
    @State(Scope.Thread)
    public static class Line {
        /** Bytes of the payload. */
        @Param("64")
        private int payloadLength;

        private final Answer answer = new Answer();
        private final RecordRef record = new RecordRef();
        private final LastSequence last = new LastSequence();
        private final Outlet taker = (session, taken, durablePosition) -> Outlet.Result.SENT;
        private StepDriver driver;
        private StepDriver.Stream stream;
        private LineStage stage;
        private Object adapter;
        private long sequence;

        /** Opens everything. @throws Throwable if that fails */
        @Setup
        public void open() throws Throwable {
            driver = new StepDriver();
            stream = driver.stream();
            stage = new LineStage(payloadLength, stream.publication());
            stage.openResource();
            adapter = Doors.requestAdapter(last);
            answer.writeAccepted(Verdict.ACCEPTED, LineStage.HANDLE, LineStage.TOKEN, 1, 1);
            answer.record().set(1, 1, 1);
            driver.take();
        }

        /** Between two batches: room for the answers of the next one. A turn of the line begins. */
        @Setup(Level.Invocation)
        public void catchUp() {
            stream.catchUp();
            stage.turn();
        }

        /** Closes everything. */
        @TearDown
        public void close() {
            CloseHelper.closeAll(stage, driver);
        }
    }

    /**
     * {@code RequestAdapter.onMessage}: decoding alone.
     *
     * @param line of the gateway
     * @return the sequence that was decoded last
     * @throws Throwable never
     */
    @Benchmark
    public long requestAdapterOnMessage(final Line line) throws Throwable {
        final UnsafeBuffer message = line.stage.message;
        for (int i = 0; i < Step.BATCH; i++) {
            final long sequence = ++line.sequence;
            line.stage.message(sequence);
            Doors.onMessage(line.adapter, line.stage.session, message, 0, message.capacity());
            if (line.last.sequence() != sequence) {
                throw new WrongAnswerException("sequence=" + sequence + " decoded=" + line.last.sequence());
            }
        }
        return line.sequence;
    }

    /**
     * {@code AnswerQueue.reserve}, {@code add} and {@code release}, with a fixed answer that nobody encodes.
     *
     * @param line of the gateway
     * @return the last sequence
     */
    @Benchmark
    public long answerQueue(final Line line) {
        final Session session = line.stage.session;
        for (int i = 0; i < Step.BATCH; i++) {
            final long sequence = ++line.sequence;
            session.answers()
                    .reserve()
                    .writeAccepted(Verdict.ACCEPTED, LineStage.HANDLE, LineStage.TOKEN, sequence, sequence);
            session.answers().add();
            final int released = session.answers().release(session, sequence, 0, line.taker);
            if (released != 1) {
                throw new WrongAnswerException("released=" + released + " sequence=" + sequence);
            }
        }
        return line.sequence;
    }

    /**
     * {@code JournalAppender.appendAccepted}: encoding, checksum, chain, and the copy into the mapped file. Its pages are
     * new, as they are in a gateway: the kernel's part in that is counted.
     *
     * @param line of the gateway
     * @return the last record's position
     */
    @Benchmark
    public long journalAppendAccepted(final Line line) {
        final JournalAppender appender = line.stage.journal.appender();
        final long first = appender.position();
        for (int i = 0; i < Step.BATCH; i++) {
            appender.appendAccepted(
                    LineStage.HANDLE,
                    LineStage.TOKEN,
                    ++line.sequence,
                    line.stage.payloadCrc,
                    line.stage.payload,
                    0,
                    line.payloadLength);
        }
        if (appender.position() != first + Step.BATCH) {
            throw new WrongAnswerException("appended=" + (appender.position() - first) + " asked=" + Step.BATCH);
        }
        return appender.position();
    }

    /**
     * {@code FenceTable.accepted}: the law's memory of the record, in one resource.
     *
     * @param line of the gateway
     * @return the last sequence
     */
    @Benchmark
    public long tableAccepted(final Line line) {
        final OffHeapFenceTable fences = line.stage.fences;
        for (int i = 0; i < Step.BATCH; i++) {
            final long sequence = ++line.sequence;
            fences.accepted(
                    LineStage.HANDLE,
                    LineStage.TOKEN,
                    sequence,
                    line.stage.payloadCrc,
                    line.record.set(1, sequence, sequence));
        }
        if (fences.sequenceLast(LineStage.HANDLE) != line.sequence) {
            throw new WrongAnswerException("sequenceLast=" + fences.sequenceLast(LineStage.HANDLE));
        }
        return line.sequence;
    }

    /**
     * {@code AnswerPublisher.onAnswer}: an acceptance encoded into the client's publication, over IPC.
     *
     * @param line of the gateway
     * @return answers that went
     */
    @Benchmark
    public int answerPublisherOnAnswer(final Line line) {
        int sent = 0;
        while (sent < Step.BATCH) {
            if (line.stage.publisher.onAnswer(line.stage.session, line.answer, 1) == Outlet.Result.SENT) {
                sent++;
            } else {
                // The end of a term: the line, too, offers again.
                line.stream.checkRoom();
            }
        }
        return sent;
    }

    /**
     * All of it, as the line does for one message: decode, check with the payload's checksum, append, remember, answer.
     *
     * @param line of the gateway
     * @return the last sequence
     * @throws Throwable never
     */
    @Benchmark
    public long wholeWrite(final Line line) throws Throwable {
        for (int i = 0; i < Step.BATCH; i++) {
            final UnsafeBuffer message = line.stage.message(++line.sequence);
            Doors.onMessage(line.stage.adapter, line.stage.session, message, 0, message.capacity());
            while (line.stage.release() == 0) {
                line.stream.checkRoom();
            }
        }
        if (line.stage.fences.sequenceLast(LineStage.HANDLE) != line.sequence) {
            throw new WrongAnswerException(
                    "sequence=" + line.sequence + " accepted=" + line.stage.fences.sequenceLast(LineStage.HANDLE));
        }
        return line.sequence;
    }
}
