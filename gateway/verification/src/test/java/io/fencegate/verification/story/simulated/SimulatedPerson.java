package io.fencegate.verification.story.simulated;

import io.fencegate.client.sequencer.CommandPublisher;
import io.fencegate.client.session.CallTimes;
import io.fencegate.client.session.RequestIds;
import io.fencegate.client.session.lease.AcquireSession;
import io.fencegate.client.session.lease.LeaseCommand;
import io.fencegate.client.session.lease.LeaseSession;
import io.fencegate.core.grant.Grant;
import io.fencegate.storage.session.AnswerKind;
import io.fencegate.verification.simulator.client.SequencerPort;
import io.fencegate.verification.simulator.gateway.Connection;
import io.fencegate.verification.simulator.gateway.Reply;
import io.fencegate.verification.simulator.gateway.Request;
import io.fencegate.verification.simulator.sequencer.Egress;
import io.fencegate.verification.simulator.world.Actor;
import io.fencegate.verification.simulator.world.Agenda;
import io.fencegate.verification.simulator.world.Network;
import io.fencegate.verification.story.Call;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A client process of the simulated world that does what a story says: asks the sequencer with the library's sessions, and
 * speaks to the gateway by hand.
 *
 * <p>One thread.
 */
final class SimulatedPerson extends Actor {
    private static final long TURN_NS = 5_000_000L;

    private final long clientId;
    private final Network network;
    private final Actor gateway;
    private final CallTimes times;
    private final RequestIds requestIds;
    private final CommandPublisher publisher = new CommandPublisher();
    private final LeaseSession session;
    private final SequencerPort sequencer;
    private final Map<String, AcquireSession> acquires = new HashMap<>();
    private final Map<String, Grant> tickets = new HashMap<>();
    private final ArrayDeque<Reply> replies = new ArrayDeque<>();
    private Connection connection;

    SimulatedPerson(
            final String name,
            final long clientId,
            final Agenda agenda,
            final Network network,
            final List<? extends Actor> nodes,
            final Actor gateway,
            final CallTimes times) {
        super(name, agenda);
        this.clientId = clientId;
        // Processes of one holder do not count alike.
        requestIds = new RequestIds(((long) name.hashCode() << Integer.SIZE) + agenda.nowNs());
        this.network = network;
        this.gateway = gateway;
        this.times = times;
        session = new LeaseSession(times);
        sequencer = new SequencerPort(this, nodes, network, session, times, boundNs -> boundNs / 2);
    }

    long clientId() {
        return clientId;
    }

    Map<String, Grant> tickets() {
        return tickets;
    }

    void keep(final Grant grant) {
        tickets.put(place(grant.resource(), grant.token()), grant);
    }

    Grant ticket(final String resource, final long token) {
        return tickets.get(place(resource, token));
    }

    // ---- the sequencer ----------------------------------------------------------------------------------------------

    AcquireSession acquire(final Call call) {
        final LeaseCommand command =
                LeaseCommand.acquire(clientId, requestIds.next(), call.resource(), call.ttlMs(), call.waitMs());
        final AcquireSession acquire = new AcquireSession(command, requestIds, times.callTimeoutNs());
        acquires.put(call.resource(), acquire);
        begin(command, call.waitMs() * 1_000_000L);
        return acquire;
    }

    AcquireSession acquire(final String resource) {
        return acquires.get(resource);
    }

    LeaseCommand ask(final Call call) {
        final LeaseCommand command = switch (call.kind()) {
            case RENEW -> LeaseCommand.renew(requestIds.next(), ticket(call.resource(), call.token()), call.ttlMs());
            case RELEASE -> LeaseCommand.release(requestIds.next(), ticket(call.resource(), call.token()));
            case REVOKE -> LeaseCommand.revoke(clientId, requestIds.next(), call.resource(), call.token());
            case DESCRIBE -> LeaseCommand.describe(clientId, requestIds.next(), call.resource());
            default -> throw new IllegalArgumentException("kind=" + call.kind());
        };
        begin(command, 0);
        return command;
    }

    private void begin(final LeaseCommand command, final long moreNs) {
        session.begin(command, times.attemptTimeoutNs(), nowNs() + times.callTimeoutNs() + moreNs);
        wake(0);
    }

    // ---- the gateway ------------------------------------------------------------------------------------------------

    /** The connection that stands, or a new one, whose welcome comes first. */
    Connection connection() {
        if (connection == null) {
            connection = new Connection(network, this, gateway);
            connection.requests().send(Request.of(Request.Kind.HELLO, connection, clientId));
        }
        return connection;
    }

    void onGatewayStopped() {
        connection = null;
        replies.clear();
    }

    /** The next answer of the gateway. @return null if there is none yet */
    Reply reply() {
        return replies.poll();
    }

    // ---- its duty cycle ---------------------------------------------------------------------------------------------

    @Override
    protected void onStart() {
        // It waits for what the story says.
    }

    @Override
    protected void onKilled() {
        replies.clear();
    }

    @Override
    protected void turn() {
        for (Object message = take(); message != null; message = take()) {
            if (message instanceof Egress egress) {
                sequencer.onEgress(egress, nowNs());
            } else if (message instanceof Reply reply
                    && reply.connection() == connection
                    && reply.kind() != AnswerKind.WELCOME) {
                replies.add(reply);
            }
        }
        sequencer.poll(nowNs());
        session.settle(nowNs());
        acquires.values().forEach(this::work);
        send();
        wake(TURN_NS);
    }

    private void work(final AcquireSession acquire) {
        boolean isGoingOn = !acquire.isDone();
        while (isGoingOn) {
            final AcquireSession.State before = acquire.state();
            final LeaseCommand next = acquire.next(nowNs());
            if (next != null) {
                begin(next, 0);
            }
            isGoingOn = acquire.state() != before && !acquire.isDone();
        }
        if (acquire.isDone()) {
            session.forget(acquire.acquire());
        }
    }

    private void send() {
        for (int i = 0; sequencer.isConnected() && i < session.size(); i++) {
            final LeaseCommand command = session.command(i);
            if (session.isSendDue(command, nowNs(), sequencer.epoch())) {
                final boolean isSent = publisher.send(command, sequencer);
                session.onTried(command, isSent, nowNs(), nowNs(), sequencer.epoch());
            }
        }
        if (session.takeSilence(nowNs())) {
            sequencer.drop(nowNs());
        }
    }

    private static String place(final String resource, final long token) {
        return resource + "#" + token;
    }
}
