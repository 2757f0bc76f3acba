package io.fencegate.benchmarks.steps.write;

import io.aeron.Publication;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.client.session.CallTimes;
import io.fencegate.client.session.writer.GatewayIdentity;
import io.fencegate.client.session.writer.Opened;
import io.fencegate.client.session.writer.SessionPort;
import io.fencegate.client.session.writer.WriteWindow;
import io.fencegate.client.session.writer.WriterSession;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The client's steps of one write. */
@BenchmarkMode(Mode.AverageTime)
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
        private Stream stream;
        private Port port;
        private WriterSession writer;
        private long sequence;

        /** Opens everything. @throws Throwable if that fails */
        @Setup
        public void open() throws Throwable {
            payload = new UnsafeBuffer(BufferUtil.allocateDirectAligned(payloadLength, Long.BYTES));
            payloadCrc = new PayloadCrc().compute(payload, 0, payloadLength);
            stream = new Stream();
            port = new Port(Doors.requests(stream.publication()), stream);
            writer = new WriterSession(
                    new Grant("benchmarks/steps", TOKEN, 7, 60_000, 0),
                    new WriteWindow(1 << 10, 1 << 20),
                    new CallTimes(TIMEOUT_NS, TIMEOUT_NS, TIMEOUT_NS, TIMEOUT_NS),
                    TIMEOUT_NS,
                    boundNs -> 0);
            writer.work(System.nanoTime(), port);
            writer.onOpened(OPEN_ID, new Opened(HANDLE, TOKEN, 0, 0, 0, 0, 0, 0));
        }

        /** Closes everything. */
        @TearDown
        public void close() {
            stream.close();
        }
    }

    /** Leads a writer's requests to the publisher that encodes them; at the end of a term it offers twice, as a client does. */
    private static final class Port implements SessionPort {
        private final GatewayIdentity identity = new GatewayIdentity(1, 1);
        private final Doors.Requests publisher;
        private final Stream stream;

        Port(final Doors.Requests publisher, final Stream stream) {
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
                stream.written();
                long position = publisher.write(handle, token, sequence, payloadCrc, buffer, offset, length);
                if (position == Publication.ADMIN_ACTION) {
                    position = publisher.write(handle, token, sequence, payloadCrc, buffer, offset, length);
                }
                return position > 0;
            } catch (final Throwable thrown) {
                throw new IllegalStateException(thrown);
            }
        }

        @Override
        public void lose(final String reason) {
            throw new WrongAnswerException("the session was given up: " + reason);
        }
    }

    /**
     * {@code RequestPublisher.write}: a write encoded into the gateway's publication, over IPC.
     *
     * @param client that writes
     * @return the sequence
     */
    @Benchmark
    public long requestPublisherWrite(final Client client) {
        final boolean isSent = client.port.offerWrite(
                HANDLE, TOKEN, ++client.sequence, client.payloadCrc, client.payload, 0, client.payloadLength);
        if (!isSent) {
            throw new WrongAnswerException("sequence=" + client.sequence + " was not sent");
        }
        return client.sequence;
    }

    /**
     * {@code WriterSession.offer}, with the payload's copy and checksum and {@code RequestPublisher.write}; and
     * {@code onAccepted} with what its window forgets after it.
     *
     * @param client that writes
     * @return the sequence
     */
    @Benchmark
    public long writerSessionOffer(final Client client) {
        final long sequence = client.writer.offer(client.port, client.payload, 0, client.payloadLength);
        if (sequence != ++client.sequence
                || client.writer.window().inFlight() != 1
                || !client.writer.onAccepted(sequence, Verdict.ACCEPTED, 1, sequence)) {
            throw new WrongAnswerException("sequence=" + client.sequence + " offered=" + sequence);
        }
        client.writer.window().remove();
        return sequence;
    }
}
