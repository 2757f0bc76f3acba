package io.fencegate.client.gateway;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.exceptions.AeronException;
import io.fencegate.client.session.writer.GatewayIdentity;
import io.fencegate.client.session.writer.Opened;
import io.fencegate.client.session.writer.WriterSession;
import io.fencegate.core.grant.Verdict;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * One session with a gateway, from its Hello to its end. A session that is lost stays lost: its owner begins a new one.
 *
 * <pre>
 *   CONNECTING --connected, Hello sent--> GREETING --Welcome--> ACTIVE
 *        \                                    |                   |
 *         `-----------------------------------+-------------------+--> LOST
 * </pre>
 *
 * <p>The client's thread. Nothing blocks; writes and their answers do not allocate.
 */
public final class GatewaySession implements AutoCloseable {
    private static final long KEEP_ALIVE_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long HELLO_CORRELATION_ID = 1;

    private final Long2ObjectHashMap<WriterSession> writerByOpen = new Long2ObjectHashMap<>();
    private final WriterRoutes routes = new WriterRoutes();
    private final long number;
    private final long clientId;
    private final GatewayConnection connection;
    private RequestPublisher publisher;
    private GatewaySessionState state = GatewaySessionState.CONNECTING;
    private long correlationId = HELLO_CORRELATION_ID;
    private long readId;
    private long sentNs;
    private long nowNs;
    private int pending;
    private int payloadLengthMax;
    private int answersPendingMax;
    private GatewayIdentity identity;
    private boolean hasServed;
    private GatewayReply reply;
    private Verdict refusal;
    private String lossReason = "";

    /**
     * Begins a session: asks for its two streams, and waits for nobody.
     *
     * @param aeron client of the media driver
     * @param channels of the gateway
     * @param clientId of the caller
     * @param number of this session, as the caller counts them, positive
     * @throws io.aeron.exceptions.AeronException if the media driver is not there
     */
    public GatewaySession(final Aeron aeron, final GatewayChannels channels, final long clientId, final long number) {
        this.number = number;
        this.clientId = clientId;
        final AnswerAdapter adapter = new AnswerAdapter(new Answers());
        this.connection = new GatewayConnection(aeron, channels, (buffer, offset, length, header) -> {
            if (state != GatewaySessionState.LOST) {
                adapter.onFragment(buffer, offset, length, header);
            }
        });
    }

    /**
     * Takes in answers, says Hello once connected, keeps the session alive, and notices its end.
     *
     * @param realNs a monotonic clock's time
     * @return work done
     */
    public int poll(final long realNs) {
        nowNs = realNs;
        if (state == GatewaySessionState.LOST || publisher == null && !isAdded()) {
            return 0;
        }
        final int workCount = connection.poll();
        if (state == GatewaySessionState.CONNECTING && connection.canSend()) {
            return workCount + sayHello();
        }
        if (state != GatewaySessionState.LOST && connection.isEnded()) {
            lose("ended=answers");
        } else if (state == GatewaySessionState.ACTIVE && realNs - sentNs > KEEP_ALIVE_INTERVAL_NS) {
            return workCount + (onOffered(publisher.keepAlive(clientId)) ? 1 : 0);
        }
        return workCount;
    }

    private boolean isAdded() {
        try {
            if (connection.isAdded()) {
                publisher = new RequestPublisher(connection.requests());
            }
        } catch (final AeronException | IllegalStateException ex) {
            lose("refused=streams reason=" + ex.getMessage());
        }
        return publisher != null;
    }

    private int sayHello() {
        if (!onOffered(publisher.hello(HELLO_CORRELATION_ID, clientId))) {
            return 0;
        }
        state = GatewaySessionState.GREETING;
        return 1;
    }

    /**
     * Sends a write.
     *
     * @param handle of the resource
     * @param token of the writer
     * @param sequence of the write
     * @param payloadCrc CRC32C of the payload
     * @param buffer holding the payload
     * @param offset of its first byte
     * @param length in bytes
     * @return false if nothing was sent
     */
    public boolean offerWrite(
            final int handle,
            final long token,
            final long sequence,
            final int payloadCrc,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (!hasRoom() || !onOffered(publisher.write(handle, token, sequence, payloadCrc, buffer, offset, length))) {
            return false;
        }
        pending++;
        return true;
    }

    /**
     * Sends an open.
     *
     * @param writer that is told the answer
     * @return the correlationId of its answer, or 0 if nothing was sent
     */
    public long offerOpen(final WriterSession writer) {
        if (!hasRoom() || !onOffered(publisher.open(correlationId + 1, writer.grant()))) {
            return 0;
        }
        pending++;
        correlationId++;
        writerByOpen.put(correlationId, writer);
        return correlationId;
    }

    /**
     * Sends a read.
     *
     * @param resource to read
     * @return false if nothing was sent
     */
    public boolean offerRead(final String resource) {
        if (!hasRoom() || !onOffered(publisher.read(correlationId + 1, resource))) {
            return false;
        }
        pending++;
        reply = null;
        correlationId++;
        readId = correlationId;
        return true;
    }

    private boolean hasRoom() {
        return state == GatewaySessionState.ACTIVE && pending < answersPendingMax;
    }

    private boolean onOffered(final long position) {
        if (position > 0) {
            sentNs = nowNs;
            return true;
        }
        if (position != Publication.BACK_PRESSURED && position != Publication.ADMIN_ACTION) {
            lose("ended=requests reason=" + Publication.errorString(position));
        }
        return false;
    }

    /**
     * Gives the session up.
     *
     * @param reason as {@code name=value}
     */
    public void lose(final String reason) {
        if (state != GatewaySessionState.LOST) {
            state = GatewaySessionState.LOST;
            lossReason = reason;
        }
    }

    /** Answer to the read sent last. @return null while there is none */
    public GatewayReply reply() {
        return reply;
    }

    /** This session, as the client counts them. @return positive */
    public long number() {
        return number;
    }

    /** Who the gateway is. @return null before its Welcome */
    public GatewayIdentity identity() {
        return identity;
    }

    /** Whether the gateway has answered more than the Hello. @return true from then on */
    public boolean hasServed() {
        return hasServed;
    }

    /** When answers were taken in last. @return the time that was given to that poll */
    public long polledNs() {
        return nowNs;
    }

    /** Whether requests can be sent. @return true from the Welcome on, until the session is lost */
    public boolean isActive() {
        return state == GatewaySessionState.ACTIVE;
    }

    /** Whether the session is over. @return true for good */
    public boolean isLost() {
        return state == GatewaySessionState.LOST;
    }

    /** Why the session was lost. @return empty if it was not */
    public String lossReason() {
        return lossReason;
    }

    /** The verdict that refused the Hello. @return null if none did */
    public Verdict refusal() {
        return refusal;
    }

    /** Longest payload that the gateway takes. @return in bytes */
    public int payloadLengthMax() {
        return payloadLengthMax;
    }

    /** Says Goodbye if anybody listens, and closes both streams. */
    @Override
    public void close() {
        if (state == GatewaySessionState.ACTIVE && !onOffered(publisher.goodbye(clientId))) {
            lossReason = "goodbye=unsent";
        }
        lose("closed=true");
        connection.close();
    }

    /** The decoded answers, on the client's thread. */
    private final class Answers implements GatewayAnswers {
        @Override
        public void onWelcome(
                final long helloId,
                final long journalId,
                final long generation,
                final int payloadMax,
                final int pendingMax) {
            if (state == GatewaySessionState.GREETING && helloId == HELLO_CORRELATION_ID) {
                identity = new GatewayIdentity(journalId, generation);
                payloadLengthMax = payloadMax;
                answersPendingMax = pendingMax;
                state = GatewaySessionState.ACTIVE;
            }
        }

        @Override
        public void onOpened(
                final long id,
                final int handle,
                final long token,
                final long sequenceLast,
                final int runningCrc,
                final long lastToken,
                final long lastSequence,
                final long lastGeneration,
                final long lastPosition) {
            onAnswer();
            final WriterSession writer = writerByOpen.remove(id);
            if (writer == null || writer.grant().token() != token) {
                lose("unexpected=Opened handle=" + handle);
                return;
            }
            routes.add(handle, writer);
            writer.onOpened(
                    id,
                    new Opened(
                            handle,
                            token,
                            sequenceLast,
                            runningCrc,
                            lastToken,
                            lastSequence,
                            lastGeneration,
                            lastPosition));
        }

        @Override
        public void onOpenRefused(
                final long id,
                final Verdict verdict,
                final long fenceToken,
                final long fenceClientId,
                final long proof) {
            onAnswer();
            final WriterSession writer = writerByOpen.remove(id);
            if (writer == null) {
                lose("unexpected=OpenRefused verdict=" + verdict);
            } else {
                writer.onOpenRefused(id, verdict, fenceToken, fenceClientId, proof);
            }
        }

        @Override
        public void onWriteAccepted(
                final int handle,
                final long token,
                final long sequence,
                final Verdict verdict,
                final long generation,
                final long position) {
            onAnswer();
            final WriterSession writer = routes.find(handle, token);
            if (writer == null || !writer.onAccepted(sequence, verdict, generation, position)) {
                lose("unexpected=WriteAccepted handle=" + handle + " sequence=" + sequence);
            }
        }

        @Override
        public void onWriteRefused(
                final int handle,
                final long token,
                final long sequence,
                final Verdict verdict,
                final long fenceToken,
                final long fenceClientId,
                final long sequenceExpected) {
            onAnswer();
            final WriterSession writer = routes.find(handle, token);
            if (writer == null || !writer.onRefused(sequence, verdict, fenceToken, fenceClientId, sequenceExpected)) {
                lose("unexpected=WriteRefused handle=" + handle + " sequence=" + sequence);
            }
        }

        @Override
        public void onLastRecord(
                final long id,
                final long token,
                final long sequence,
                final long generation,
                final long position,
                final int payloadCrc,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            onAnswer();
            if (id == readId) {
                final byte[] payload = new byte[length];
                buffer.getBytes(offset, payload);
                reply = GatewayReply.found(
                        new GatewayReply.RecordPlace(token, sequence, generation, position), payloadCrc, payload);
            }
        }

        @Override
        public void onRequestRefused(final long id, final int templateId, final Verdict verdict) {
            if (state == GatewaySessionState.GREETING) {
                refusal = verdict;
                lose("refused=Hello verdict=" + verdict);
                return;
            }
            onAnswer();
            if (id == readId) {
                reply = GatewayReply.refused(verdict);
            } else {
                lose("unexpected=RequestRefused templateId=" + templateId + " verdict=" + verdict);
            }
        }

        @Override
        public void onUnreadable(final String facts) {
            lose("unreadable=answer " + facts);
        }

        private void onAnswer() {
            pending--;
            hasServed = true;
        }
    }
}
