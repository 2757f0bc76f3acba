package io.fencegate.benchmarks.steps.write;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.core.fence.RecordRef;
import io.fencegate.core.grant.Verdict;
import io.fencegate.storage.session.Answer;
import io.fencegate.storage.session.Outlet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The line's steps of one write, each alone, and all of them together as the line takes them. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LineSteps {
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
        private LineStage stage;
        private Object adapter;
        private long sequence;

        /** Opens everything. @throws Throwable if that fails */
        @Setup
        public void open() throws Throwable {
            stage = new LineStage(payloadLength);
            adapter = Doors.requestAdapter(last);
            answer.writeAccepted(Verdict.ACCEPTED, LineStage.HANDLE, LineStage.TOKEN, 1, 1);
            answer.record().set(1, 1, 1);
        }

        /** Closes everything. */
        @TearDown
        public void close() {
            stage.close();
        }
    }

    /**
     * {@code RequestAdapter.onMessage}: decoding alone.
     *
     * @param line of the gateway
     * @return the sequence that was decoded
     * @throws Throwable never
     */
    @Benchmark
    public long requestAdapterOnMessage(final Line line) throws Throwable {
        final long sequence = ++line.sequence;
        line.stage.message(sequence);
        Doors.onMessage(line.adapter, line.stage.session, line.stage.message, line.stage.message.capacity());
        if (line.last.sequence() != sequence) {
            throw new WrongAnswerException("sequence=" + sequence + " decoded=" + line.last.sequence());
        }
        return sequence;
    }

    /**
     * {@code AnswerQueue.reserve}, {@code add} and {@code release}, with a fixed answer that nobody encodes.
     *
     * @param line of the gateway
     * @return answers that went: one
     */
    @Benchmark
    public int answerQueue(final Line line) {
        final long sequence = ++line.sequence;
        line.stage
                .session
                .answers()
                .reserve()
                .writeAccepted(Verdict.ACCEPTED, LineStage.HANDLE, LineStage.TOKEN, sequence, sequence);
        line.stage.session.answers().add();
        final int released = line.stage.session.answers().release(line.stage.session, sequence, 0, line.taker);
        if (released != 1) {
            throw new WrongAnswerException("released=" + released + " sequence=" + sequence);
        }
        return released;
    }

    /**
     * {@code JournalAppender.appendAccepted}: encoding, checksum, chain, and the copy into the mapped file.
     *
     * @param line of the gateway
     * @return the record's position
     */
    @Benchmark
    public long journalAppendAccepted(final Line line) {
        return line.stage
                .journal
                .appender()
                .appendAccepted(
                        LineStage.HANDLE,
                        LineStage.TOKEN,
                        ++line.sequence,
                        line.stage.payloadCrc,
                        line.stage.payload,
                        0,
                        line.payloadLength);
    }

    /**
     * {@code FenceTable.accepted}: the law's memory of the record, in one resource.
     *
     * @param line of the gateway
     * @return the sequence
     */
    @Benchmark
    public long tableAccepted(final Line line) {
        final long sequence = ++line.sequence;
        line.stage.fences.accepted(
                LineStage.HANDLE,
                LineStage.TOKEN,
                sequence,
                line.stage.payloadCrc,
                line.record.set(1, sequence, sequence));
        return sequence;
    }

    /**
     * {@code AnswerPublisher.onAnswer}: an acceptance encoded into the client's publication, over IPC.
     *
     * @param line of the gateway
     * @return SENT
     */
    @Benchmark
    public Outlet.Result answerPublisherOnAnswer(final Line line) {
        Outlet.Result result = line.stage.publisher.onAnswer(line.stage.session, line.answer, 1);
        if (result == Outlet.Result.BLOCKED) {
            // The end of a term: the line, too, offers again.
            result = line.stage.publisher.onAnswer(line.stage.session, line.answer, 1);
        }
        if (result != Outlet.Result.SENT) {
            throw new WrongAnswerException("answer=" + result);
        }
        line.stage.stream.written();
        return result;
    }

    /**
     * All of it, as the line does for one message: decode, check with the payload's checksum, append, remember, answer.
     *
     * @param line of the gateway
     * @return answers that went: one
     * @throws Throwable never
     */
    @Benchmark
    public int wholeWrite(final Line line) throws Throwable {
        final long sequence = ++line.sequence;
        Doors.onMessage(
                line.stage.adapter, line.stage.session, line.stage.message(sequence), line.stage.message.capacity());
        int released = line.stage.release();
        if (released == 0) {
            // The end of a term: the line, too, offers again.
            released = line.stage.release();
        }
        if (released != 1) {
            throw new WrongAnswerException("sequence=" + sequence + " answers=" + released);
        }
        line.stage.stream.written();
        return released;
    }
}
