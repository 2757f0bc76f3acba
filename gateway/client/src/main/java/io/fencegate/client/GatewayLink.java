package io.fencegate.client;

import io.aeron.Aeron;
import io.aeron.exceptions.AeronException;
import io.fencegate.client.error.FencegateException;
import io.fencegate.client.error.GatewayWentBackException;
import io.fencegate.client.error.NotReachableException;
import io.fencegate.client.error.RefusedException;
import io.fencegate.client.gateway.GatewayChannels;
import io.fencegate.client.gateway.GatewaySession;
import io.fencegate.client.link.AeronLink;
import io.fencegate.client.link.CallTimer;
import io.fencegate.client.link.ClientThread;
import io.fencegate.client.session.Backoff;
import io.fencegate.client.session.Jitter;
import io.fencegate.client.session.RetryTimer;
import io.fencegate.client.session.writer.GatewayIdentity;
import io.fencegate.client.session.writer.SessionPort;
import io.fencegate.client.session.writer.WriterSession;
import io.fencegate.client.session.writer.WriterState;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * The session with the gateway that all writers and calls of a client share: begun at first need, and begun anew after a
 * pause when it is lost and somebody needs it. Nothing here waits.
 *
 * <p>The client's thread.
 */
final class GatewayLink implements SessionPort, AutoCloseable {
    private static final long LINK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final List<WriterSession> writers = new ArrayList<>();
    private final ClientConfig config;
    private final GatewayChannels channels;
    private final AeronLink link;
    private final ClientThread thread;
    private final CallTimer timer;
    private final Jitter jitter;
    private final Backoff backoff;
    private final RetryTimer helloRetry;
    private GatewaySession session;
    private GatewayIdentity known;
    private GatewayWentBackException wentBack;
    private boolean isWentBackUntold;
    private Verdict helloRefusal;
    private String lossReason = "";
    private long sessions;
    private long linkPolledNs;
    private int payloadLengthMax;
    private boolean isAsked;
    private boolean isHelloLate;
    private boolean isClosed;

    GatewayLink(final ClientConfig config, final AeronLink link, final ClientThread thread, final CallTimer timer) {
        this.thread = thread;
        this.config = config;
        this.channels = GatewayChannels.of(config.gatewayChannel());
        this.link = link;
        this.timer = timer;
        this.jitter = GatewayLink::draw;
        this.backoff = config.times().newBackoff(jitter);
        this.helloRetry = config.times().newRetryTimer();
    }

    private static long draw(final long boundNs) {
        return ThreadLocalRandom.current().nextLong(boundNs + 1);
    }

    ClientConfig config() {
        return config;
    }

    ClientThread thread() {
        return thread;
    }

    CallTimer timer() {
        return timer;
    }

    Jitter jitter() {
        return jitter;
    }

    /** From now on this writer is driven by every duty cycle, until it is closed. */
    void add(final WriterSession writer) {
        writers.removeIf(other -> other.life().state() == WriterState.CLOSED);
        final Grant grant = writer.grant();
        for (final WriterSession other : writers) {
            final boolean isSame = other.grant().token() == grant.token()
                    && other.grant().resource().equals(grant.resource());
            if (isSame && other.life().isActive()) {
                throw new IllegalStateException("This client writes with this ticket already, and two writers would"
                        + " count its sequence twice. Close the first one: resource=" + grant.resource() + " token="
                        + grant.token());
            }
        }
        writers.add(writer);
    }

    /** A call needs a session, or needs it no more. */
    void ask(final boolean isWanted) {
        isAsked = isWanted;
    }

    /** A lease was renewed: a writer under its grant opens with the new seal from now on. */
    void onRenewed(final Grant grant) {
        for (int i = 0; i < writers.size(); i++) {
            writers.get(i).onRenewed(grant);
        }
    }

    /** A duty cycle: the session, and every writer. */
    int poll() {
        final long nowNs = timer.nowNs();
        int workCount = pollSession(nowNs);
        for (int i = 0; i < writers.size(); i++) {
            workCount += writers.get(i).work(nowNs, this);
        }
        return workCount;
    }

    /** A duty cycle for one writer. */
    int poll(final WriterSession writer) {
        final long nowNs = timer.nowNs();
        return pollSession(nowNs) + writer.work(nowNs, this);
    }

    private int pollSession(final long nowNs) {
        if (nowNs - linkPolledNs >= LINK_INTERVAL_NS) {
            linkPolledNs = nowNs;
            link.poll();
        }
        if (session == null) {
            return isClosed || !backoff.mayTry(nowNs) || !isNeeded() ? 0 : connect(nowNs);
        }
        final boolean wasActive = session.isActive();
        final int workCount = session.poll(System.nanoTime());
        if (session.isActive()) {
            if (!wasActive) {
                onWelcome();
            } else if (session.hasServed()) {
                backoff.onSuccess();
            }
        } else if (!session.isLost() && helloRetry.isExpired(nowNs)) {
            session.lose("timedOut=Hello");
            isHelloLate = true;
        }
        if (session.isLost()) {
            drop(nowNs);
            return workCount + 1;
        }
        return workCount;
    }

    private boolean isNeeded() {
        boolean isNeeded = isAsked;
        for (int i = 0; i < writers.size() && !isNeeded; i++) {
            isNeeded = writers.get(i).life().isActive();
        }
        return isNeeded;
    }

    private int connect(final long nowNs) {
        try {
            final Aeron aeron = link.get();
            if (aeron == null) {
                return 0;
            }
            session = new GatewaySession(aeron, channels, config.clientId(), sessions + 1);
            sessions++;
            if (isHelloLate) {
                helloRetry.again(nowNs);
            } else {
                helloRetry.start(nowNs);
            }
        } catch (final AeronException | IllegalStateException ex) {
            link.onError(ex);
            lossReason = "unreachable=mediaDriver";
            backoff.onFailure(nowNs);
        }
        return 1;
    }

    private void onWelcome() {
        payloadLengthMax = session.payloadLengthMax();
        helloRefusal = null;
        isHelloLate = false;
        final GatewayIdentity found = session.identity();
        if (known != null && !known.mayBecome(found)) {
            wentBack = new GatewayWentBackException(
                    known.journalId(), known.generation(), found.journalId(), found.generation());
            isWentBackUntold =
                    writers.stream().noneMatch(writer -> writer.life().isActive());
        }
        known = found;
    }

    private void drop(final long nowNs) {
        if (session.refusal() != null) {
            helloRefusal = session.refusal();
        }
        lossReason = session.lossReason();
        CloseHelper.close(session);
        session = null;
        backoff.onFailure(nowNs);
    }

    /** The active session; null if there is none. */
    GatewaySession session() {
        return session != null && session.isActive() ? session : null;
    }

    /** The gateway that was met last; null before the first. */
    GatewayIdentity known() {
        return known;
    }

    /** How the gateway went back, as a new exception; null if it never did. */
    GatewayWentBackException wentBack() {
        return wentBack == null
                ? null
                : new GatewayWentBackException(
                        wentBack.journalIdKnown(),
                        wentBack.generationKnown(),
                        wentBack.journalIdFound(),
                        wentBack.generationFound());
    }

    /** Tells, once, of a gateway that went back while there was no writer to tell of it. */
    void checkWentBack() {
        if (isWentBackUntold) {
            isWentBackUntold = false;
            throw wentBack();
        }
    }

    /** What a call throws whose time is over. */
    FencegateException unreachable(final String facts) {
        if (helloRefusal == Verdict.SESSION_LIMIT || helloRefusal == Verdict.MALFORMED) {
            return new RefusedException(helloRefusal, "", 0, "refused=Hello");
        }
        final String refusal = helloRefusal == null ? "" : " verdict=" + helloRefusal;
        return new NotReachableException(
                "unreachable=gateway channel=" + config.gatewayChannel() + " " + facts + refusal, link.lastError());
    }

    /** What went wrong last in the transport. */
    Throwable lastError() {
        return link.lastError();
    }

    @Override
    public long number() {
        return session != null && session.isActive() ? session.number() : NONE;
    }

    @Override
    public String lossReason() {
        return session != null && session.isLost() ? session.lossReason() : lossReason;
    }

    @Override
    public Verdict refusal() {
        return helloRefusal == Verdict.MALFORMED ? helloRefusal : null;
    }

    @Override
    public GatewayIdentity identity() {
        return session.identity();
    }

    @Override
    public int payloadLengthMax() {
        return payloadLengthMax;
    }

    @Override
    public long offerOpen(final WriterSession writer) {
        return session.offerOpen(writer);
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
        return session.offerWrite(handle, token, sequence, payloadCrc, buffer, offset, length);
    }

    @Override
    public void lose(final String reason) {
        if (session != null) {
            session.lose(reason);
        }
    }

    /** When answers were taken in last, by the monotonic clock. */
    long polledNs() {
        return session == null ? 0 : session.polledNs();
    }

    @Override
    public void close() {
        isClosed = true;
        writers.forEach(WriterSession::close);
        CloseHelper.close(session);
        session = null;
    }
}
