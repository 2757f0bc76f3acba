package io.fencegate.benchmarks.steps.write;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.client.ClientConfig;
import io.fencegate.client.FencedWriter;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.WriteListener;
import io.fencegate.client.session.CallTimes;
import io.fencegate.client.session.writer.GatewayIdentity;
import io.fencegate.client.session.writer.Opened;
import io.fencegate.client.session.writer.SessionPort;
import io.fencegate.client.session.writer.WriteWindow;
import io.fencegate.client.session.writer.WriterSession;
import io.fencegate.client.session.writer.WriterState;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
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

/** The client's steps of one write; a batch of each. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ClientSteps {
    private static final int HANDLE = 0;
    private static final long TOKEN = Token.of(1, 1);

    /** A writer whose resource is open, and the stream to a gateway that is not there. */
    @State(Scope.Thread)
    public static class Client {
        private static final long OPEN_ID = 1;
        private static final long TIMEOUT_NS = TimeUnit.HOURS.toNanos(1);

        /** Bytes of the payload. */
        @Param("64")
        private int payloadLength;

        private UnsafeBuffer payload;
        private int payloadCrc;
        private StepDriver driver;
        private StepDriver.Stream stream;
        private Port port;
        private WriterSession writer;
        private long sequence;

        /** Opens everything. @throws Throwable if that fails */
        @Setup
        public void open() throws Throwable {
            payload = new UnsafeBuffer(BufferUtil.allocateDirectAligned(payloadLength, Long.BYTES));
            payloadCrc = new PayloadCrc().compute(payload, 0, payloadLength);
            driver = new StepDriver();
            stream = driver.stream();
            port = new Port(Doors.requests(stream.publication()), stream);
            writer = new WriterSession(
                    new Grant("benchmarks/steps", TOKEN, 7, 60_000, 0),
                    new WriteWindow(1 << 10, 1 << 20),
                    new CallTimes(TIMEOUT_NS, TIMEOUT_NS, TIMEOUT_NS, TIMEOUT_NS),
                    TIMEOUT_NS,
                    boundNs -> 0);
            writer.work(System.nanoTime(), port);
            writer.onOpened(OPEN_ID, new Opened(HANDLE, TOKEN, 0, 0, 0, 0, 0, 0));
            driver.take();
        }

        /** Between two batches: room for the next one; a duty cycle of the writer. */
        @Setup(Level.Invocation)
        public void catchUp() {
            stream.catchUp();
            writer.work(System.nanoTime(), port);
        }

        /** Closes everything. */
        @TearDown
        public void close() {
            driver.close();
        }
    }

    /** Leads a writer's requests to the publisher that encodes them; at the end of a term it offers again, as a client does. */
    private static final class Port implements SessionPort {
        private final GatewayIdentity identity = new GatewayIdentity(1, 1);
        private final Doors.Requests publisher;
        private final StepDriver.Stream stream;

        Port(final Doors.Requests publisher, final StepDriver.Stream stream) {
            this.publisher = publisher;
            this.stream = stream;
        }

        @Override
        public long number() {
            return 1;
        }

        @Override
        public String lossReason() {
            return "";
        }

        @Override
        public Verdict refusal() {
            return null;
        }

        @Override
        public GatewayIdentity identity() {
            return identity;
        }

        @Override
        public int payloadLengthMax() {
            return 1 << 16;
        }

        @Override
        public long offerOpen(final WriterSession writer) {
            return Client.OPEN_ID;
        }

        @Override
        public boolean offerWrite(
                final int handle,
                final long token,
                final long sequence,
                final int payloadCrc,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            try {
                long position = publisher.write(handle, token, sequence, payloadCrc, buffer, offset, length);
                while (position <= 0) {
                    stream.checkRoom();
                    position = publisher.write(handle, token, sequence, payloadCrc, buffer, offset, length);
                }
                return true;
            } catch (final Throwable thrown) {
                throw new IllegalStateException(thrown);
            }
        }

        @Override
        public void lose(final String reason) {
            throw new WrongAnswerException("the session was given up: " + reason);
        }
    }

    /** The client whole: a writer of the product, and behind its streams a gateway in the same thread. */
    @State(Scope.Thread)
    public static class Writer {
        private static final int PAYLOAD_LENGTH = 64;

        private final UnsafeBuffer payload =
                new UnsafeBuffer(BufferUtil.allocateDirectAligned(PAYLOAD_LENGTH, Long.BYTES));
        private final Told told = new Told();
        private StepDriver driver;
        private InlineGateway gateway;
        private FencegateClient caller;
        private FencedWriter writer;

        /** Opens everything. @throws Throwable if that fails */
        @Setup
        public void open() throws Throwable {
            driver = new StepDriver();
            gateway = new InlineGateway(driver);
            caller = FencegateClient.connect(
                    ClientConfig.of(driver.directory()).withGateway("aeron:ipc").withClientId(LineStage.CLIENT_ID));
            writer = caller.openAsync(new Grant("benchmarks/steps", TOKEN, LineStage.CLIENT_ID, 60_000, 0));
            driver.await("requests", () -> writer.poll(told, 1) >= 0 && gateway.isFound());
            gateway.admit(PAYLOAD_LENGTH);
            driver.await("open", () -> {
                gateway.serve();
                gateway.sync();
                writer.poll(told, 1);
                return writer.state() == WriterState.OPEN;
            });
            driver.take();
        }

        void offer() {
            final long sequence = writer.offer(payload, 0, PAYLOAD_LENGTH);
            if (sequence != ++told.offered) {
                throw new WrongAnswerException("sequence=" + told.offered + " offered=" + sequence);
            }
        }

        /** The gateway takes all in and answers; of what was not sent at the end of a term, the client sends the rest. */
        void serve() {
            while (gateway.serve() > 0) {
                told.turns++;
            }
        }

        /** Tells the answers that are there. */
        void poll() {
            while (writer.poll(told, Step.BATCH) > 0) {
                told.turns++;
            }
        }

        /** There and back. */
        void pass() {
            while (told.accepted < told.offered) {
                gateway.serve();
                writer.poll(told, 1);
            }
        }

        Told told() {
            return told;
        }

        /** Tells all writes. */
        void settle() {
            while (told.accepted < told.offered) {
                serve();
                writer.poll(told, Step.BATCH);
            }
            gateway.makeRoom();
        }

        /** Closes everything. */
        @TearDown
        public void close() {
            CloseHelper.closeAll(driver::giveBack, writer, caller, gateway, driver);
        }
    }

    /** Nothing is under way. */
    public static class Settled extends Writer {
        /** Between two batches: all is told. */
        @Setup(Level.Invocation)
        public void between() {
            settle();
        }
    }

    /** A batch of answers has come, and nobody has looked yet. */
    public static class Answered extends Writer {
        /** Between two batches: all is told, and the next batch written and answered. */
        @Setup(Level.Invocation)
        public void between() {
            settle();
            for (int i = 0; i < Step.BATCH; i++) {
                offer();
            }
            serve();
        }
    }

    /** Hears what became of writes: accepted, each once and in order, or else it is a wrong answer. */
    private static final class Told implements WriteListener {
        private long offered;
        private long accepted;
        private long turns;

        @Override
        public void onAccepted(final long sequence, final Verdict verdict, final long generation, final long position) {
            if (sequence != ++accepted || verdict != Verdict.ACCEPTED) {
                throw new WrongAnswerException("told=" + sequence + " due=" + accepted + " verdict=" + verdict);
            }
        }

        @Override
        public void onRefused(
                final long sequence,
                final Verdict verdict,
                final long fenceToken,
                final long fenceClientId,
                final long sequenceExpected) {
            throw new WrongAnswerException("refused=" + sequence + " verdict=" + verdict);
        }

        @Override
        public void onInDoubt(
                final long sequence, final Verdict verdict, final long fenceToken, final long fenceClientId) {
            throw new WrongAnswerException("inDoubt=" + sequence + " verdict=" + verdict);
        }

        @Override
        public void onTimedOut(final long sequence) {
            throw new WrongAnswerException("timedOut=" + sequence);
        }
    }

    /**
     * {@code RequestPublisher.write}: a write encoded into the gateway's publication, over IPC.
     *
     * @param client that writes
     * @return the last sequence
     */
    @Benchmark
    public long requestPublisherWrite(final Client client) {
        final long start = client.stream.publication().position();
        for (int i = 0; i < Step.BATCH; i++) {
            client.port.offerWrite(
                    HANDLE, TOKEN, ++client.sequence, client.payloadCrc, client.payload, 0, client.payloadLength);
        }
        final long sent = client.stream.publication().position() - start;
        if (sent < (long) Step.BATCH * client.payloadLength) {
            throw new WrongAnswerException("sequence=" + client.sequence + " sentLength=" + sent);
        }
        return client.sequence;
    }

    /**
     * {@code WriterSession.offer}, with the payload's copy and checksum and {@code RequestPublisher.write}; and
     * {@code onAccepted} with what its window forgets after it.
     *
     * @param client that writes
     * @return the last sequence
     */
    @Benchmark
    public long writerSessionOffer(final Client client) {
        final WriterSession writer = client.writer;
        for (int i = 0; i < Step.BATCH; i++) {
            final long sequence = writer.offer(client.port, client.payload, 0, client.payloadLength);
            if (sequence != ++client.sequence
                    || writer.window().inFlight() != 1
                    || !writer.onAccepted(sequence, Verdict.ACCEPTED, 1, sequence)) {
                throw new WrongAnswerException("sequence=" + client.sequence + " offered=" + sequence);
            }
            writer.window().remove();
        }
        return client.sequence;
    }

    /**
     * {@code FencedWriter.offer}: all that a client does to send a write.
     *
     * @param client that writes
     * @return the last sequence
     */
    @Benchmark
    public long fencedWriterOffer(final Settled client) {
        for (int i = 0; i < Step.BATCH; i++) {
            client.offer();
        }
        return client.told().offered;
    }

    /**
     * {@code FencedWriter.poll}: {@code AnswerAdapter}, {@code WriterSession.onAccepted} and the listener, for a batch of
     * answers that are there, of which one poll takes 32 at most.
     *
     * @param client that is told
     * @return the last sequence that was told
     */
    @Benchmark
    public long fencedWriterPoll(final Answered client) {
        client.poll();
        return client.told().accepted;
    }

    /**
     * One write after the other, there and back, all of it in one thread: {@code FencedWriter.offer}, the gateway's turn,
     * {@code FencedWriter.poll}. What is left of a round trip is the hand-over between threads.
     *
     * @param client that writes
     * @return the last sequence that was told
     */
    @Benchmark
    public long roundTripInOneThread(final Settled client) {
        for (int i = 0; i < Step.BATCH; i++) {
            client.offer();
            client.pass();
        }
        return client.told().accepted;
    }
}
