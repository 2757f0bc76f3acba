package io.fencegate.verification.story.simulated;

import io.fencegate.client.session.CallTimes;
import io.fencegate.client.session.lease.AcquireSession;
import io.fencegate.client.session.lease.LeaseAnswer;
import io.fencegate.client.session.lease.LeaseCommand;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.storage.session.SessionLimits;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.History;
import io.fencegate.verification.simulator.disk.DiskSettings;
import io.fencegate.verification.simulator.disk.JournalContents;
import io.fencegate.verification.simulator.gateway.Connection;
import io.fencegate.verification.simulator.gateway.GatewaySettings;
import io.fencegate.verification.simulator.gateway.Reply;
import io.fencegate.verification.simulator.gateway.Request;
import io.fencegate.verification.simulator.gateway.SimulatedGateway;
import io.fencegate.verification.simulator.sequencer.ClusterSettings;
import io.fencegate.verification.simulator.sequencer.SimulatedCluster;
import io.fencegate.verification.simulator.world.Actor;
import io.fencegate.verification.simulator.world.Agenda;
import io.fencegate.verification.simulator.world.Chance;
import io.fencegate.verification.simulator.world.FaultTally;
import io.fencegate.verification.simulator.world.Network;
import io.fencegate.verification.simulator.world.NetworkSettings;
import io.fencegate.verification.story.Call;
import io.fencegate.verification.story.JournalText;
import io.fencegate.verification.story.Journaled;
import io.fencegate.verification.story.Stage;
import io.fencegate.verification.story.Story;
import io.fencegate.verification.story.Told;
import io.fencegate.verification.story.Turn;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The simulated world, in which nothing goes wrong by itself: delays differ by chance, faults are those of the story. Time
 * is virtual: it goes on while somebody waits.
 *
 * <p>One thread.
 */
final class SimulatorStage implements Stage {
    private static final SealKey KEY = SealKey.parse("000102030405060708090a0b0c0d0e0f");
    private static final long GUESSED_SEAL = 0x5EA1_5EA1_5EA1_5EA1L;
    private static final int HANDLE_NEVER_GIVEN = Integer.MAX_VALUE;
    private static final long MILLI_NS = 1_000_000L;
    private static final long PATIENCE_NS = 60_000 * MILLI_NS;
    private static final long EVER_NS = 1_000_000_000 * MILLI_NS;
    private static final long CUT_NS = 12_000 * MILLI_NS;
    private static final CallTimes TIMES =
            new CallTimes(4_000 * MILLI_NS, 300 * MILLI_NS, 20 * MILLI_NS, 200 * MILLI_NS);
    private static final NetworkSettings NETWORK =
            new NetworkSettings(false, MILLI_NS / 10, 3 * MILLI_NS, 0, 0, 0, 0, 10);

    private final Agenda agenda = new Agenda();
    private final Chance chance;
    private final History history;
    private final Network network;
    private final SimulatedGateway gateway;
    private final SimulatedCluster cluster;
    private final PayloadCrc crc = new PayloadCrc();
    private final Map<String, Long> clientIds = new HashMap<>();
    private final Map<String, SimulatedPerson> persons = new HashMap<>();
    private final Map<String, Integer> handles = new HashMap<>();
    private final Map<Call, Request> heldBack = new HashMap<>();
    /** The simulated disk keeps checksums in the place of payloads. */
    private final Map<Integer, String> payloads = new HashMap<>();

    private int logBeforeLastGrant;
    private long cutUntilNs;
    private long entriesToken;

    SimulatorStage(final Story story, final long seed) {
        chance = new Chance(seed);
        history = new History(story.header());
        final FaultTally tally = new FaultTally();
        final SealKey.Source keys = story.isSealed() ? SealKey.Source.of(KEY) : SealKey.Source.of();
        network = new Network(agenda, NETWORK, chance.of("network"), tally);
        gateway = new SimulatedGateway(
                agenda,
                new GatewaySettings(
                        16,
                        1024,
                        SessionLimits.DEFAULT,
                        new DiskSettings(false, MILLI_NS, 20 * MILLI_NS, Long.MAX_VALUE / 4),
                        keys,
                        4,
                        50 * MILLI_NS,
                        0),
                chance.of("gateway"),
                tally,
                history);
        final ClusterSettings settings =
                new ClusterSettings(3, LeaseLimits.DEFAULT, keys, 20, 300 * MILLI_NS, 10_000 * MILLI_NS, 0);
        cluster = new SimulatedCluster(agenda, network, settings, chance.of("cluster"), tally, history);
        gateway.start();
        if (story.hasTurn(Turn.Kind.ALL_LOST)) {
            awaitFirstTerm();
        }
    }

    @Override
    public Told call(final Call call) {
        final SimulatedPerson person = person(call.actor());
        if (!call.kind().isForSequencer()) {
            return send(person, request(person, call), call);
        }
        final int logBefore = cluster.size();
        final Told told = ask(person, call);
        final long token = told.tokenOf("token");
        if (token > entriesToken) {
            entriesToken = token;
            logBeforeLastGrant = logBefore;
        }
        return told;
    }

    @Override
    public void holdBack(final Call call) {
        final SimulatedPerson person = person(call.actor());
        heldBack.put(call, request(person, call));
        // The way is there before: what is late is this message alone.
        pass(50 * MILLI_NS);
    }

    @Override
    public Told deliver(final Call call) {
        return send(person(call.actor()), heldBack.remove(call), call);
    }

    @Override
    public void loseAnswer(final Call call) {
        call(call);
    }

    @Override
    public void happen(final Turn turn) {
        switch (turn.kind()) {
            case PAUSES -> person(turn.actor()).pause(EVER_NS);
            case RESUMES -> person(turn.actor()).resume();
            case CRASHES -> {
                person(turn.actor()).kill();
                persons.remove(turn.actor());
                clientIds.remove(turn.actor());
            }
            case GETS_TICKET -> {
                clientIds.put(turn.actor(), clientId(turn.other()));
                person(turn.other()).tickets().values().forEach(person(turn.actor())::keep);
            }
            case FORGES -> forge(turn);
            case CUT -> {
                cluster.nodes().forEach(node -> network.cut(person(turn.actor()), node, CUT_NS));
                cutUntilNs = agenda.nowNs() + CUT_NS;
            }
            case JOINED -> {
                if (agenda.nowNs() >= cutUntilNs) {
                    throw new IllegalStateException("the cut was over before the story said so");
                }
                agenda.runUntil(cutUntilNs);
            }
            case LEASE_ENDS -> endLease(turn);
            case GATEWAY_STOPS -> {
                gateway.kill();
                persons.values().forEach(SimulatedPerson::onGatewayStopped);
            }
            case GATEWAY_STARTS -> {
                gateway.start();
                // Until it has recovered, it says so.
                pass(1_000 * MILLI_NS);
            }
            case SEQUENCER_STOPS -> {
                for (int i = 0; i < cluster.nodes().size(); i++) {
                    cluster.killNode(i, EVER_NS);
                }
            }
            case SEQUENCER_STARTS -> cluster.nodes().forEach(Actor::start);
            case LEADER_CHANGES -> cluster.changeTerm();
            case GRANT_LOST -> {
                cluster.loseSuffix(cluster.size() - logBeforeLastGrant);
                pass(1_000 * MILLI_NS);
            }
            case ALL_LOST -> {
                cluster.forgetAll();
                awaitFirstTerm();
            }
            default -> throw new IllegalArgumentException("turn=" + turn);
        }
    }

    @Override
    public long clientId(final String actor) {
        return clientIds.computeIfAbsent(actor, any -> chance.bits() | 1);
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public long nowNs() {
        return agenda.nowNs();
    }

    @Override
    public List<Journaled> journal() {
        final String failure = gateway.failure();
        if (failure != null || !cluster.isAgreed()) {
            throw new IllegalStateException("the world is broken: gateway=" + failure);
        }
        return contents();
    }

    @Override
    public void close() {
        gateway.kill();
        persons.values().forEach(Actor::kill);
    }

    private List<Journaled> contents() {
        final JournalText text = new JournalText(record -> payloads.get(record.payloadCrc()));
        JournalContents.read(gateway.disk(), text);
        return text.records();
    }

    // ---- the sequencer ----------------------------------------------------------------------------------------------

    private Told ask(final SimulatedPerson person, final Call call) {
        switch (call.kind()) {
            case ACQUIRE -> {
                final AcquireSession acquire = person.acquire(call);
                await(() -> acquire.isDone() || acquire.acquire().isQueued());
                return acquire.isDone()
                        ? told(person, call, acquire)
                        : Told.of(LeaseVerdict.QUEUED)
                                .fact("place", acquire.acquire().answer().place());
            }
            case AWAIT -> {
                final AcquireSession acquire = person.acquire(call.resource());
                await(acquire::isDone);
                return told(person, call, acquire);
            }
            case REVOKE -> {
                final Told described = ask(person, with(call, Call.Kind.DESCRIBE, 0));
                return answered(person, with(call, Call.Kind.REVOKE, described.tokenOf("current")));
            }
            default -> {
                return answered(person, call);
            }
        }
    }

    private Told answered(final SimulatedPerson person, final Call call) {
        final LeaseCommand command = person.ask(call);
        await(command::isDone);
        return command.isTimedOut() ? Told.of(Told.UNANSWERED) : told(person, call, command.answer());
    }

    private static Told told(final SimulatedPerson person, final Call call, final AcquireSession acquire) {
        return switch (acquire.state()) {
            case GRANTED -> {
                person.keep(acquire.grant());
                yield Told.of(LeaseVerdict.GRANTED)
                        .token("token", acquire.grant().token());
            }
            case REFUSED -> told(person, call, acquire.outcome());
            case CANCELLED -> Told.of(LeaseVerdict.CANCELLED);
            default -> Told.of(Told.UNANSWERED);
        };
    }

    private static Told told(final SimulatedPerson person, final Call call, final LeaseAnswer answer) {
        if (call.kind() == Call.Kind.DESCRIBE && answer.state() != null) {
            return Told.of("DESCRIBED")
                    .token("current", answer.state().token())
                    .client("holder", answer.state().holder())
                    .fact("waiters", answer.state().waiters());
        }
        final Told told = Told.of(answer.verdict());
        return switch (answer.verdict()) {
            case RENEWED -> told.token("token", answer.token());
            case RELEASED -> told;
            case REVOKED -> {
                person.keep(new Grant(call.resource(), answer.token(), person.clientId(), 1, answer.seal()));
                yield told.token("token", answer.token())
                        .token("revoked", answer.state().token())
                        .client("holder", answer.state().holder());
            }
            default ->
                told.token("current", answer.token())
                        .client("holder", answer.holder())
                        .fact("end", answer.end());
        };
    }

    private void endLease(final Turn turn) {
        final SimulatedPerson observer = person("observer");
        final Call describe = new Call("observer", Call.Kind.DESCRIBE, turn.resource(), 0, 0, 0, 0, "");
        await(() -> {
            final LeaseCommand command = observer.ask(describe);
            await(command::isDone);
            return !command.isTimedOut() && command.answer().state().token() != turn.token();
        });
    }

    // ---- the gateway ------------------------------------------------------------------------------------------------

    private Request request(final SimulatedPerson person, final Call call) {
        final Connection connection = person.connection();
        final Grant ticket = person.ticket(call.resource(), call.token());
        final byte[] payload = call.payload().getBytes(StandardCharsets.UTF_8);
        final int payloadCrc = crc.compute(new UnsafeBuffer(payload), 0, payload.length);
        payloads.put(payloadCrc, call.payload());
        return new Request(
                switch (call.kind()) {
                    case OPEN -> Request.Kind.OPEN;
                    case WRITE -> Request.Kind.WRITE;
                    default -> Request.Kind.READ;
                },
                connection,
                1,
                ticket == null ? person.clientId() : ticket.clientId(),
                call.resource(),
                call.token(),
                ticket == null ? 0 : ticket.seal(),
                handles.getOrDefault(call.resource(), HANDLE_NEVER_GIVEN),
                call.sequence(),
                payloadCrc,
                payload);
    }

    private Told send(final SimulatedPerson person, final Request request, final Call call) {
        request.connection().requests().send(request);
        final Reply[] reply = new Reply[1];
        final long giveUpNs = agenda.nowNs() + TIMES.callTimeoutNs();
        await(() -> {
            reply[0] = person.reply();
            return reply[0] != null || agenda.nowNs() > giveUpNs;
        });
        if (reply[0] == null) {
            person.onGatewayStopped();
            return Told.of(Told.UNANSWERED);
        }
        return told(call, reply[0]);
    }

    private Told told(final Call call, final Reply reply) {
        final Told told = Told.of(reply.verdict());
        return switch (reply.verdict()) {
            case OPENED -> {
                handles.put(call.resource(), reply.handle());
                yield told.fact("sequence", reply.sequenceLast())
                        .token("lastToken", reply.lastToken())
                        .fact("lastSequence", reply.sequence())
                        .record(reply.generation(), reply.position())
                        .runningCrc(reply.crc());
            }
            case ACCEPTED, DUPLICATE -> told.record(reply.generation(), reply.position());
            case FOUND ->
                told.token("token", reply.token())
                        .fact("sequence", reply.sequence())
                        .fact("payload", payloadAt(reply.position()))
                        .record(reply.generation(), reply.position());
            case SEQUENCE_GAP -> told.fact("expected", reply.sequenceLast());
            case STALE_TOKEN, NOT_OWNER, NOT_OPEN ->
                told.token("fence", reply.fenceToken()).client("fenceHolder", reply.fenceClientId());
            default -> told;
        };
    }

    private String payloadAt(final long position) {
        return contents().stream()
                .filter(record -> record.position() == position)
                .findFirst()
                .orElseThrow()
                .payload();
    }

    private void forge(final Turn turn) {
        final long seal = turn.other().isEmpty()
                ? GUESSED_SEAL
                : person(turn.other()).tickets().values().iterator().next().seal();
        person(turn.actor()).keep(new Grant(turn.resource(), turn.token(), clientId(turn.actor()), 1, seal));
    }

    // ---- time -------------------------------------------------------------------------------------------------------

    /** Terms may leave out numbers, the first one too; where a story counts on it, everything is lost until it does not. */
    private void awaitFirstTerm() {
        pass(1_000 * MILLI_NS);
        while (termLast() != 0) {
            cluster.forgetAll();
            pass(1_000 * MILLI_NS);
        }
    }

    private long termLast() {
        return history.events().stream()
                .filter(event -> event.kind() == EventKind.TERM_BEGAN)
                .reduce((first, last) -> last)
                .orElseThrow()
                .token();
    }

    private void await(final BooleanSupplier condition) {
        final long deadlineNs = agenda.nowNs() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            if (agenda.nowNs() > deadlineNs) {
                throw new IllegalStateException("it never comes, in virtual time: nowNs=" + agenda.nowNs());
            }
            pass(MILLI_NS);
        }
    }

    private void pass(final long durationNs) {
        agenda.runUntil(agenda.nowNs() + durationNs);
    }

    private SimulatedPerson person(final String name) {
        return persons.computeIfAbsent(name, any -> {
            final SimulatedPerson person =
                    new SimulatedPerson(name, clientId(name), agenda, network, cluster.nodes(), gateway, TIMES);
            person.start();
            return person;
        });
    }

    private static Call with(final Call call, final Call.Kind kind, final long token) {
        return new Call(call.actor(), kind, call.resource(), token, call.ttlMs(), call.waitMs(), 0, "");
    }
}
