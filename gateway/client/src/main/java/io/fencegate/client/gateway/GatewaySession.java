package io.fencegate.client.gateway;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.fencegate.client.session.writer.Opened;
import io.fencegate.client.session.writer.WriterSession;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Verdict;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * One session with a gateway, from its Hello to its end. A session that is lost stays lost: its owner begins a new one.
 *
 * <pre>
 *   CONNECTING --connected, Hello sent--> GREETING --Welcome--> ACTIVE
 *        \                                    |                   |
 *         `-----------------------------------+-------------------+--> LOST
 * </pre>
 *
 * <p>The client's thread. Nothing blocks but {@link #connect}; writes and their answers do not allocate.
 */
public final class GatewaySession implements AutoCloseable {
    /** A request was not sent: the publication is full for the moment. */
    public static final long BACK_PRESSURED = -1;

    /** A request was not sent: as many are unanswered as may be. */
    public static final long TOO_MANY_PENDING = -2;

    /** A request was not sent: the session is not active. */
    public static final long NOT_ACTIVE = -3;

    private static final long KEEP_ALIVE_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long HELLO_CORRELATION_ID = 1;

    private final Int2ObjectHashMap<WriterSession> writerByHandle = new Int2ObjectHashMap<>();
    private final long clientId;
    private final GatewayConnection connection;
    private final RequestPublisher publisher;
    private GatewaySessionState state = GatewaySessionState.CONNECTING;
    private long correlationId = HELLO_CORRELATION_ID;
    private long sentNs;
    private long nowNs;
    private int pending;
    private int payloadLengthMax;
    private int answersPendingMax;
    private GatewayReply reply;
    private Verdict refusal;
    private String lossReason = "";

    private GatewaySession(final Aeron aeron, final GatewayChannels channels, final long clientId) {
        this.clientId = clientId;
        this.connection = GatewayConnection.connect(aeron, channels, new AnswerAdapter(new Answers()));
        this.publisher = new RequestPublisher(connection.requests());
    }

    /**
     * Begins a session: adds its two streams, and waits for nobody else but the media driver.
     *
     * @param aeron client of the media driver
     * @param channels of the gateway
     * @param clientId of the caller
     * @return a session that becomes active by polling it
     * @throws io.aeron.exceptions.AeronException if the media driver does not add the streams
     */
    public static GatewaySession connect(final Aeron aeron, final GatewayChannels channels, final long clientId) {
        return new GatewaySession(aeron, channels, clientId);
    }

    /**
     * Takes in answers, says Hello once connected, keeps the session alive, and notices its end.
     *
     * @param realNs a monotonic clock's time
     * @return work done
     */
    public int poll(final long realNs) {
        nowNs = realNs;
        if (state == GatewaySessionState.LOST) {
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
     * @param writer that writes; its next sequence is sent
     * @param payloadCrc CRC32C of the payload
     * @param buffer holding the payload
     * @param offset of its first byte
     * @param length in bytes
     * @return its sequence, or {@link #BACK_PRESSURED}, {@link #TOO_MANY_PENDING} or {@link #NOT_ACTIVE}
     */
    public long offerWrite(
            final WriterSession writer,
            final int payloadCrc,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final long refusalCode = checkRoom();
        if (refusalCode < 0) {
            return refusalCode;
        }
        final int handle = writer.opened().handle();
        final long position =
                publisher.write(handle, writer.token(), writer.sequenceNext(), payloadCrc, buffer, offset, length);
        if (!onOffered(position)) {
            return failure();
        }
        pending++;
        return writer.onSent(payloadCrc);
    }

    /**
     * Sends an open.
     *
     * @param grant to open with
     * @return the correlationId of its reply, or a negative code as of a write
     */
    public long offerOpen(final Grant grant) {
        final long refusalCode = checkRoom();
        if (refusalCode < 0) {
            return refusalCode;
        }
        return onAsked(publisher.open(correlationId + 1, grant));
    }

    /**
     * Sends a read.
     *
     * @param resource to read
     * @return the correlationId of its reply, or a negative code as of a write
     */
    public long offerRead(final String resource) {
        final long refusalCode = checkRoom();
        if (refusalCode < 0) {
            return refusalCode;
        }
        return onAsked(publisher.read(correlationId + 1, resource));
    }

    private long checkRoom() {
        if (state != GatewaySessionState.ACTIVE) {
            return NOT_ACTIVE;
        }
        return pending < answersPendingMax ? 0 : TOO_MANY_PENDING;
    }

    private long onAsked(final long position) {
        if (!onOffered(position)) {
            return failure();
        }
        pending++;
        reply = null;
        correlationId++;
        return correlationId;
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

    private long failure() {
        return state == GatewaySessionState.LOST ? NOT_ACTIVE : BACK_PRESSURED;
    }

    /**
     * Writes of this resource are answered to this writer from now on.
     *
     * @param writer whose open was answered in this session
     */
    public void bind(final WriterSession writer) {
        writerByHandle.put(writer.opened().handle(), writer);
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

    /** Reply to the request sent last. @return null while there is none */
    public GatewayReply reply() {
        return reply;
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

    /** Requests that may be unanswered. @return count */
    public int answersPendingMax() {
        return answersPendingMax;
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
        public void onWelcome(final long helloId, final int payloadMax, final int pendingMax) {
            if (state == GatewaySessionState.GREETING && helloId == HELLO_CORRELATION_ID) {
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
            if (isReply(id)) {
                reply = GatewayReply.opened(new Opened(
                        handle,
                        token,
                        sequenceLast,
                        runningCrc,
                        lastToken,
                        lastSequence,
                        lastGeneration,
                        lastPosition));
            }
        }

        @Override
        public void onOpenRefused(
                final long id, final Verdict verdict, final long fenceToken, final long fenceClientId) {
            if (isReply(id)) {
                reply = GatewayReply.refused(verdict, fenceToken, fenceClientId);
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
            pending--;
            final WriterSession writer = writerByHandle.get(handle);
            if (writer == null
                    || writer.token() != token
                    || !writer.onAccepted(sequence, verdict, generation, position)) {
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
            pending--;
            final WriterSession writer = writerByHandle.get(handle);
            if (writer == null
                    || writer.token() != token
                    || !writer.onRefused(sequence, verdict, fenceToken, fenceClientId, sequenceExpected)) {
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
            if (isReply(id)) {
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
            } else if (isReply(id)) {
                reply = GatewayReply.refused(verdict, 0, 0);
            } else {
                lose("unexpected=RequestRefused templateId=" + templateId + " verdict=" + verdict);
            }
        }

        @Override
        public void onUnreadable(final String facts) {
            lose("unreadable=answer " + facts);
        }

        private boolean isReply(final long id) {
            pending--;
            return id == correlationId;
        }
    }
}
