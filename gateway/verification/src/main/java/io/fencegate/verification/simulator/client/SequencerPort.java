package io.fencegate.verification.simulator.client;

import io.aeron.Publication;
import io.fencegate.client.sequencer.CommandOutlet;
import io.fencegate.client.sequencer.CommandPublisher;
import io.fencegate.client.sequencer.EgressAdapter;
import io.fencegate.client.session.Backoff;
import io.fencegate.client.session.CallTimes;
import io.fencegate.client.session.Jitter;
import io.fencegate.client.session.RetryTimer;
import io.fencegate.client.session.lease.LeaseCommand;
import io.fencegate.client.session.lease.LeaseSession;
import io.fencegate.verification.simulator.sequencer.Egress;
import io.fencegate.verification.simulator.sequencer.Ingress;
import io.fencegate.verification.simulator.sequencer.Route;
import io.fencegate.verification.simulator.world.Actor;
import io.fencegate.verification.simulator.world.Network;
import io.fencegate.verification.simulator.world.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A client's connection to the sequencer's leader, as Aeron's cluster client has it: looks for the leader, follows a new
 * one, begins anew where it leads nowhere.
 *
 * <p>One thread.
 */
public final class SequencerPort implements CommandOutlet {
    private static final long KEEP_ALIVE_NS = TimeUnit.SECONDS.toNanos(1);

    private final Actor client;
    private final List<? extends Actor> nodes;
    private final Network network;
    private final LeaseSession session;
    private final EgressAdapter adapter;
    private final CommandPublisher publisher = new CommandPublisher();
    private final RetryTimer connectTimer;
    private final Backoff backoff;
    private List<Stream> streams = List.of();
    private Route route;
    private int target;
    private long connections;
    private long sessionId;
    private long epoch;
    private long sentNs;
    private boolean isConnecting;

    /**
     * Not connected.
     *
     * @param client whose connection it is
     * @param nodes of the sequencer
     * @param network between them
     * @param session that hears the answers
     * @param times of attempts and pauses
     * @param jitter of the pauses
     */
    public SequencerPort(
            final Actor client,
            final List<? extends Actor> nodes,
            final Network network,
            final LeaseSession session,
            final CallTimes times,
            final Jitter jitter) {
        this.client = client;
        this.nodes = nodes;
        this.network = network;
        this.session = session;
        this.adapter = new EgressAdapter(session);
        this.connectTimer = times.newRetryTimer();
        this.backoff = times.newBackoff(jitter);
    }

    /** Whether there is a session with the leader. @return true if so */
    public boolean isConnected() {
        return sessionId != 0;
    }

    /** How often the session began or got a new leader. @return count */
    public long epoch() {
        return epoch;
    }

    /** Connects, or keeps the session alive. @param nowNs now, in nanoseconds */
    public void poll(final long nowNs) {
        if (sessionId != 0) {
            if (nowNs - sentNs > KEEP_ALIVE_NS) {
                sentNs = nowNs;
                say(Ingress.Kind.KEEP_ALIVE, null);
            }
        } else if (isConnecting) {
            if (connectTimer.isExpired(nowNs)) {
                target = (target + 1) % nodes.size();
                connectTimer.again(nowNs);
                say(Ingress.Kind.CONNECT, null);
            }
        } else if (backoff.mayTry(nowNs)) {
            isConnecting = true;
            route = new Route(client, ++connections);
            final List<Stream> fresh = new ArrayList<>();
            nodes.forEach(node -> fresh.add(network.stream(client, node)));
            streams = fresh;
            connectTimer.start(nowNs);
            say(Ingress.Kind.CONNECT, null);
        }
    }

    private void say(final Ingress.Kind kind, final byte[] message) {
        streams.get(target).send(new Ingress(kind, route, sessionId, message));
    }

    /**
     * A node says something.
     *
     * @param egress what it says
     * @param nowNs now, in nanoseconds
     */
    public void onEgress(final Egress egress, final long nowNs) {
        if (route == null || egress.connection() != route.connection()) {
            return;
        }
        switch (egress.kind()) {
            case CONNECTED -> {
                if (isConnecting) {
                    isConnecting = false;
                    sessionId = egress.session();
                    target = egress.leader();
                    sentNs = nowNs;
                    backoff.onSuccess();
                    newEpoch();
                }
            }
            case REDIRECTED -> {
                if (isConnecting && egress.leader() >= 0 && egress.leader() != target) {
                    target = egress.leader();
                    say(Ingress.Kind.CONNECT, null);
                }
            }
            case NEW_LEADER -> {
                if (egress.session() == sessionId) {
                    target = egress.leader();
                    newEpoch();
                }
            }
            case CLOSED -> {
                if (egress.session() == sessionId) {
                    drop(nowNs);
                }
            }
            case ANSWER -> {
                if (egress.session() == sessionId) {
                    adapter.onMessage(new UnsafeBuffer(egress.message()), 0, egress.message().length);
                }
            }
            default -> throw new IllegalStateException("kind=" + egress.kind());
        }
    }

    private void newEpoch() {
        epoch++;
        session.onNewEpoch();
    }

    /** Gives the session up; a new one is begun after a pause. @param nowNs now, in nanoseconds */
    public void drop(final long nowNs) {
        isConnecting = false;
        sessionId = 0;
        target = (target + 1) % nodes.size();
        backoff.onFailure(nowNs);
    }

    /** Sends what is due, and gives up a session that leads nowhere. @param realNs now @param nowNs the time of calls */
    public void send(final long realNs, final long nowNs) {
        if (!isConnected()) {
            return;
        }
        for (int i = 0; i < session.size(); i++) {
            final LeaseCommand command = session.command(i);
            if (session.isSendDue(command, nowNs, epoch)) {
                final boolean isSent = publisher.send(command, this);
                session.onTried(command, isSent, nowNs, realNs, epoch);
            }
        }
        if (session.takeSilence(nowNs)) {
            drop(realNs);
        }
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        if (sessionId == 0) {
            return Publication.NOT_CONNECTED;
        }
        final byte[] message = new byte[length];
        buffer.getBytes(offset, message);
        say(Ingress.Kind.COMMAND, message);
        return 1;
    }
}
