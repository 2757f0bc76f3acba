package io.fencegate.client.sequencer;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.Header;
import io.aeron.security.AuthenticationException;
import io.fencegate.client.login.LoginSupplier;
import io.fencegate.client.session.Backoff;
import io.fencegate.client.session.RetryTimer;
import io.fencegate.core.login.LoginRefusal;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * Keeps a connection to the sequencer's leader: follows a new leader, and connects anew, after a pause that grows, where
 * the cluster has closed the session, or Aeron its client. AeronCluster itself never does the latter: once it is closed,
 * it stays so. Nothing blocks but Aeron's own change of the leader's publication, which waits for the media driver, and
 * the slow step of a login, once.
 *
 * <p>The client's thread.
 */
public final class SequencerConnection implements CommandOutlet, AutoCloseable {
    private static final long KEEP_ALIVE_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long MESSAGE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    /** Leases, waits and watches outlive a session: better to ask the nodes than to wait long for a new leader's word. */
    private static final long NEW_LEADER_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(3);

    private final Supplier<Aeron> aeron;
    private final String ingressEndpoints;
    private final String egressChannel;
    private final LoginSupplier logins;
    private final EgressAdapter adapter;
    private final Egress egress = new Egress();
    private final RetryTimer connectTimer;
    private final Backoff backoff;
    private AeronCluster.AsyncConnect connecting;
    private AeronCluster cluster;
    private Throwable lastError;
    private long keptAliveNs;
    private long epoch;
    private boolean isConnectTimerRunning;
    private boolean isOfferLost;

    /**
     * A connection that is begun by the first poll.
     *
     * @param aeron gives a live client of the media driver, or null if there is none now
     * @param ingressEndpoints of the sequencer's nodes
     * @param egressChannel on which the sequencer answers
     * @param logins logs in
     * @param connectTimer how long an attempt to connect lasts, in the time of the polls
     * @param backoff the pauses before a connection is begun anew
     * @param adapter that takes in the answers
     */
    public SequencerConnection(
            final Supplier<Aeron> aeron,
            final String ingressEndpoints,
            final String egressChannel,
            final LoginSupplier logins,
            final RetryTimer connectTimer,
            final Backoff backoff,
            final EgressAdapter adapter) {
        this.aeron = aeron;
        this.ingressEndpoints = ingressEndpoints;
        this.egressChannel = egressChannel;
        this.logins = logins;
        this.connectTimer = connectTimer;
        this.backoff = backoff;
        this.adapter = adapter;
    }

    /**
     * Takes in answers, keeps the session alive, connects where there is no connection.
     *
     * @param nowNs a monotonic clock's time
     * @return work done
     */
    public int poll(final long nowNs) {
        try {
            return cluster != null ? pollCluster(nowNs) : pollConnect(nowNs);
        } catch (final AeronException | IllegalStateException | IllegalArgumentException ex) {
            lastError = ex;
            if (ex instanceof AuthenticationException) {
                logins.onRefused(null);
            } else if (isSessionLimit(ex)) {
                logins.onRefused(LoginRefusal.SESSION_LIMIT);
            }
            drop(nowNs);
            return 1;
        }
    }

    /** The cluster itself has no room, not even to say so otherwise. */
    private static boolean isSessionLimit(final RuntimeException ex) {
        return String.valueOf(ex.getMessage()).contains(ConsensusModule.Configuration.SESSION_LIMIT_MSG);
    }

    private int pollCluster(final long nowNs) {
        int workCount = cluster.pollEgress();
        if (isOfferLost || cluster.isClosed() || cluster.context().aeron().isClosed()) {
            drop(nowNs);
            return workCount + 1;
        }
        if (nowNs - keptAliveNs > KEEP_ALIVE_INTERVAL_NS && cluster.sendKeepAlive()) {
            keptAliveNs = nowNs;
            workCount++;
        }
        return workCount;
    }

    private int pollConnect(final long nowNs) {
        if (connecting == null) {
            return backoff.mayTry(nowNs) ? begin(nowNs) : 0;
        }
        cluster = connecting.poll();
        if (cluster != null) {
            connecting = null;
            isConnectTimerRunning = false;
            keptAliveNs = nowNs;
            backoff.onSuccess();
            logins.onLetIn();
            newEpoch();
            return 1;
        }
        if (connectTimer.isExpired(nowNs)) {
            lastError = new IllegalStateException("no node answered in time: step=" + connecting.state());
            drop(nowNs);
        }
        return 0;
    }

    private int begin(final long nowNs) {
        final Aeron live = aeron.get();
        if (live == null) {
            return 0;
        }
        if (isConnectTimerRunning) {
            connectTimer.again(nowNs);
        } else {
            connectTimer.start(nowNs);
            isConnectTimerRunning = true;
        }
        connecting = AeronCluster.asyncConnect(new AeronCluster.Context()
                .aeron(live)
                .ownsAeronClient(false)
                .credentialsSupplier(logins.next())
                .errorHandler(this::onError)
                .messageTimeoutNs(MESSAGE_TIMEOUT_NS)
                .newLeaderTimeoutNs(NEW_LEADER_TIMEOUT_NS)
                .ingressChannel("aeron:udp?term-length=128k")
                .ingressEndpoints(ingressEndpoints)
                .egressChannel(egressChannel)
                .egressListener(egress));
        return 1;
    }

    private void newEpoch() {
        epoch++;
        adapter.onNewEpoch();
    }

    /**
     * Ends the connection, where it seems to lead nowhere: a later poll begins another.
     *
     * @param nowNs the time of the polls
     */
    public void drop(final long nowNs) {
        close();
        backoff.onFailure(nowNs);
    }

    private void onError(final Throwable error) {
        lastError = error;
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        if (cluster == null) {
            return Publication.NOT_CONNECTED;
        }
        final long result = cluster.offer(buffer, offset, length);
        if (result == Publication.MAX_POSITION_EXCEEDED) {
            isOfferLost = true;
        }
        return result;
    }

    /**
     * Counts connections and leaders: when it changes, whatever is unanswered should be sent again.
     *
     * @return 0 before the first connection
     */
    public long epoch() {
        return epoch;
    }

    /** Whether there is a session with the cluster. @return true if so */
    public boolean isConnected() {
        return cluster != null;
    }

    /** What went wrong last. @return null if nothing did */
    public Throwable lastError() {
        return lastError;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(connecting, cluster);
        connecting = null;
        cluster = null;
        isOfferLost = false;
    }

    /** What the cluster says, on the client's thread from inside a poll. */
    private final class Egress implements EgressListener {
        @Override
        public void onMessage(
                final long clusterSessionId,
                final long timestamp,
                final DirectBuffer buffer,
                final int offset,
                final int length,
                final Header header) {
            adapter.onMessage(buffer, offset, length);
        }

        @Override
        public void onNewLeader(
                final long clusterSessionId,
                final long leadershipTermId,
                final int leaderMemberId,
                final String endpoints) {
            newEpoch();
        }
    }
}
