package io.fencegate.verification.simulator;

import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Token;
import io.fencegate.journal.recovery.RecordView;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.Fault;
import io.fencegate.verification.history.History;
import io.fencegate.verification.simulator.client.ClientWorld;
import io.fencegate.verification.simulator.client.KeyOperator;
import io.fencegate.verification.simulator.client.SimulatedClient;
import io.fencegate.verification.simulator.client.Stranger;
import io.fencegate.verification.simulator.disk.JournalContents;
import io.fencegate.verification.simulator.gateway.SimulatedGateway;
import io.fencegate.verification.simulator.plan.Plan;
import io.fencegate.verification.simulator.plan.Stimulus;
import io.fencegate.verification.simulator.plan.StimulusKind;
import io.fencegate.verification.simulator.plan.WorldSettings;
import io.fencegate.verification.simulator.sequencer.SimulatedCluster;
import io.fencegate.verification.simulator.world.Actor;
import io.fencegate.verification.simulator.world.Agenda;
import io.fencegate.verification.simulator.world.Chance;
import io.fencegate.verification.simulator.world.FaultKind;
import io.fencegate.verification.simulator.world.FaultTally;
import io.fencegate.verification.simulator.world.KeyFile;
import io.fencegate.verification.simulator.world.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One world, from its beginning to its end: carries out a plan, lets everything heal, lets every client ask once more, and
 * reads the journal. One seed decides all of it.
 *
 * <p>One thread.
 */
public final class Simulation {
    /** How long a world goes on after everything has healed. */
    public static final long HEALED_NS = 28_000_000_000L;

    private static final long WRITE_TIMEOUT_NS = 8_000_000_000L;
    private static final long PROBE_NS = 6_000_000_000L;
    private static final long KEYS_LOOKED_FOR_NS = 1_000_000_000L;
    private static final long PROBE_WAIT_MS = 12_000;

    private final Plan plan;
    private final WorldSettings settings;
    private final Chance chance;
    private final Agenda agenda = new Agenda();
    private final FaultTally tally = new FaultTally();
    private final History history;
    private final Network network;
    private final SimulatedGateway gateway;
    private final SimulatedCluster cluster;
    private final ClientWorld clientWorld;
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final Stranger stranger;
    private final KeyOperator operator;
    private int processes;

    private Simulation(final Plan plan) {
        this.plan = plan;
        settings = plan.settings();
        chance = new Chance(plan.seed()).of("world");
        final boolean isReplayed = plan.stimuli().stream().anyMatch(stimulus -> stimulus.kind() == StimulusKind.REPLAY);
        history = new History(settings.header(isReplayed));
        network = new Network(agenda, settings.network(), chance.of("network"), tally);
        final KeyFile keys = new KeyFile(settings.gateway().keys().read());
        gateway =
                new SimulatedGateway(agenda, settings.gateway().with(keys::live), chance.of("gateway"), tally, history);
        cluster = new SimulatedCluster(
                agenda, network, settings.cluster().with(keys::all), chance.of("cluster"), tally, history);
        clientWorld = new ClientWorld(
                agenda, network, cluster.nodes(), gateway, history, tally, settings.times(), WRITE_TIMEOUT_NS);
        stranger = new Stranger(clientWorld, chance.of("stranger"));
        operator = new KeyOperator(clientWorld, keys, this::onKeysChanged, chance.of("operator"));
    }

    /**
     * Carries out a plan.
     *
     * @param plan of a seed, or what is left of it
     * @return what was seen
     */
    public static Outcome run(final Plan plan) {
        final Simulation simulation = new Simulation(plan);
        try {
            return simulation.run();
        } finally {
            // Its table is outside the heap.
            simulation.gateway.kill();
        }
    }

    private Outcome run() {
        try {
            live();
        } catch (final RuntimeException escaped) {
            return new Outcome(plan, history, tally, agenda.nowNs(), "an exception escaped: " + escaped);
        }
        final String broken = brokenState();
        if (gateway.failure() == null) {
            readJournal();
        }
        return new Outcome(plan, history, tally, agenda.nowNs(), broken);
    }

    private void live() {
        gateway.start();
        stranger.start();
        operator.start();
        cluster.eavesdrop(stranger::overhear);
        for (int i = 0; i < settings.clients(); i++) {
            clients.add(newClient());
        }
        for (final Stimulus stimulus : plan.stimuli()) {
            agenda.at(stimulus.atNs(), () -> carryOut(stimulus));
        }
        agenda.runUntil(plan.endNs());
        heal();
        agenda.runUntil(plan.endNs() + PROBE_NS);
        probe();
        agenda.runUntil(plan.endNs() + HEALED_NS);
    }

    private SimulatedClient newClient() {
        final String name = String.valueOf((char) ('A' + processes % 26)) + (processes < 26 ? "" : processes / 26);
        final Chance ofClient = chance.of("client" + processes);
        processes++;
        final SimulatedClient client =
                new SimulatedClient(name, clientWorld, ofClient, ofClient.once(settings.zombiePercent()));
        client.start();
        return client;
    }

    private void heal() {
        network.heal();
        cluster.heal();
        cluster.nodes().forEach(Actor::resume);
        gateway.dieAfter(Integer.MAX_VALUE);
        gateway.start();
        gateway.resume();
        clients.forEach(Actor::resume);
        operator.settle();
        history.add(Event.at(agenda.nowNs(), "world", EventKind.HEALED));
    }

    /** Everything is well again: whoever asks gets an answer, and whoever is granted a lease can write. */
    private void probe() {
        for (int i = 0; i < settings.resources(); i++) {
            final String resource = settings.resource(i);
            final SimulatedClient prober = newClient();
            clients.add(prober);
            prober.acquire(resource, settings.ttlMs(), PROBE_WAIT_MS);
            for (long second = 1; second < 20; second++) {
                agenda.after(second * 1_000_000_000L, () -> prober.write(resource, 1));
            }
        }
        for (final SimulatedClient client : clients) {
            client.acquire(settings.resource(client.name().charAt(0)), settings.ttlMs(), 0);
        }
    }

    // ---- stimuli
    // --------------------------------------------------------------------------------------------------------

    private void carryOut(final Stimulus stimulus) {
        final SimulatedClient client = clients.get(stimulus.who() % clients.size());
        final String resource = settings.resource(stimulus.resource());
        final long amount = stimulus.amount();
        switch (stimulus.kind()) {
            case ACQUIRE -> client.acquire(resource, settings.ttlMs(), amount);
            case RELEASE -> client.release(resource);
            case CANCEL -> client.cancel(resource);
            case WRITE -> client.write(resource, (int) amount);
            case READ -> client.read(resource);
            case REVOKE -> revoke(client, resource);
            case SHARE_TICKET -> shareTicket(stimulus, client, resource);
            case REPLAY -> stranger.replay(gateway.overheard());
            case FORGE -> forge(resource, amount % 2 == 0);
            case CRASH_CLIENT -> crash(stimulus.who() % clients.size());
            case PAUSE_CLIENT -> pause(client, amount);
            case PAUSE_GATEWAY -> pause(gateway, amount);
            case PAUSE_NODE -> pause(node(stimulus), amount);
            case KILL_GATEWAY, POWER_LOSS -> killGateway(stimulus.kind() == StimulusKind.POWER_LOSS, amount);
            case KILL_GATEWAY_MIDWAY -> gateway.dieAfter((int) amount);
            case KILL_NODE ->
                cluster.killNode(stimulus.who() % settings.cluster().nodes(), amount);
            case CHANGE_TERM -> cluster.changeTerm();
            case LOSE_SUFFIX -> cluster.loseSuffix((int) amount);
            case AMNESIA -> cluster.forgetAll();
            case SNAPSHOT -> cluster.takeSnapshot();
            case CUT, LIMP -> disturb(stimulus);
            case CUT_OFF -> cutOff(processes().get(stimulus.who() % processes().size()), amount);
            case BREAK_CONNECTION -> client.breakConnections();
            case JUMP_CLOCK -> jumpClock(stimulus, client);
            case RAISE_FLOOR -> raiseFloor(client, resource, amount);
            case ROTATE_KEY -> operator.rotate();
            default -> throw new IllegalStateException("kind=" + stimulus.kind());
        }
    }

    /** A gateway looks for keys once a second. */
    private void onKeysChanged() {
        agenda.after(chance.between(0, KEYS_LOOKED_FOR_NS), gateway::lookForKeys);
    }

    private Actor node(final Stimulus stimulus) {
        return cluster.nodes().get(stimulus.who() % settings.cluster().nodes());
    }

    private void revoke(final SimulatedClient operator, final String resource) {
        for (final SimulatedClient holder : clients) {
            final Grant grant = holder.grant(resource);
            if (holder != operator && grant != null) {
                operator.revoke(resource, grant.token());
                return;
            }
        }
    }

    /** By the token of a grant that is known, or by one that is a term ahead; or with a proof that is none. */
    private void raiseFloor(final SimulatedClient client, final String resource, final long amount) {
        long token = Token.of(1, 1);
        for (final SimulatedClient holder : clients) {
            final Grant grant = holder.grant(resource);
            token = grant == null ? token : Math.max(token, grant.token());
        }
        if (amount % 3 == 0) {
            client.operator().showFalseProof(resource, token + (1L << Token.SERIAL_BITS), amount | 1);
        } else {
            client.operator().raiseFloor(amount % 3 == 1 ? token : token + (1L << Token.SERIAL_BITS));
        }
    }

    private void shareTicket(final Stimulus stimulus, final SimulatedClient from, final String resource) {
        final Grant grant = from.grant(resource);
        final SimulatedClient other = clients.get((stimulus.who() + 1) % clients.size());
        if (grant != null && other != from) {
            other.useTicket(grant);
        }
    }

    private void forge(final String resource, final boolean isAtOnce) {
        if (!settings.gateway().isSealed()) {
            return;
        }
        if (!isAtOnce) {
            stranger.lurk();
            return;
        }
        Grant known = null;
        for (final SimulatedClient client : clients) {
            known = client.grant(resource) == null ? known : client.grant(resource);
        }
        stranger.forge(resource, known);
    }

    /** Clocks of nodes tell the time of the day, and jump both ways; those of gateway and clients only ever rise. */
    private void jumpClock(final Stimulus stimulus, final SimulatedClient client) {
        final long amountMs = stimulus.amount();
        final Actor riser = stimulus.resource() % 3 == 0 ? gateway : client;
        if (amountMs < 0 || stimulus.resource() % 2 == 0) {
            cluster.shiftClock(stimulus.who() % settings.cluster().nodes(), amountMs);
        } else {
            tally.count(FaultKind.CLOCK_AHEAD);
            riser.advanceClock(amountMs * 1_000_000L);
        }
    }

    private void crash(final int index) {
        final SimulatedClient client = clients.get(index);
        tally.count(FaultKind.CLIENT_KILLED);
        client.kill();
        clients.set(index, newClient());
    }

    private void pause(final Actor actor, final long durationNs) {
        tally.count(FaultKind.PAUSED);
        history.add(Event.at(agenda.nowNs(), actor.name(), EventKind.FAULT).word(Fault.PAUSED));
        actor.pause(durationNs);
    }

    private void killGateway(final boolean isPowerLost, final long downNs) {
        if (!gateway.isUp()) {
            return;
        }
        tally.count(isPowerLost ? FaultKind.GATEWAY_POWER_LOST : FaultKind.GATEWAY_KILLED);
        history.add(Event.at(agenda.nowNs(), gateway.name(), EventKind.FAULT)
                .word(isPowerLost ? Fault.POWER_LOST : Fault.KILLED));
        gateway.kill();
        if (isPowerLost) {
            gateway.disk().losePower(chance);
        }
        agenda.after(downNs, gateway::start);
    }

    private List<Actor> processes() {
        final List<Actor> all = new ArrayList<>(clients);
        all.add(gateway);
        all.addAll(cluster.nodes());
        return all;
    }

    private void disturb(final Stimulus stimulus) {
        final List<Actor> all = processes();
        final Actor from = all.get(stimulus.who() % all.size());
        final Actor to = all.get(stimulus.resource() % all.size());
        if (from == to) {
            return;
        }
        if (stimulus.kind() == StimulusKind.CUT) {
            tally.count(FaultKind.CUT_ONE_WAY);
            network.cut(from, to, stimulus.amount());
        } else {
            tally.count(FaultKind.LIMPED);
            network.limp(from, to, stimulus.amount());
        }
    }

    private void cutOff(final Actor actor, final long durationNs) {
        tally.count(FaultKind.CUT_OFF);
        history.add(Event.at(agenda.nowNs(), actor.name(), EventKind.FAULT).word(Fault.PARTITIONED));
        for (final Actor other : processes()) {
            if (other != actor) {
                network.cut(actor, other, durationNs);
                network.cut(other, actor, durationNs);
            }
        }
    }

    // ---- the end
    // --------------------------------------------------------------------------------------------------------

    private String brokenState() {
        if (gateway.failure() != null) {
            return gateway.failure();
        }
        return cluster.isAgreed()
                ? cluster.mistimed()
                : "two nodes of the sequencer came to different states by the same log";
    }

    private void readJournal() {
        final Map<Integer, String> names = new HashMap<>();
        JournalContents.read(gateway.disk(), record -> {
            if (record.kind() == RecordView.Kind.FENCE_RAISED) {
                names.put(
                        record.handle(),
                        record.bytes()
                                .getStringWithoutLengthUtf8(0, record.bytes().capacity()));
                history.add(Event.at(agenda.nowNs(), "journal", EventKind.JOURNALED_FENCE)
                        .resource(names.get(record.handle()))
                        .clientId(record.clientId())
                        .token(record.token())
                        .record(record.generation(), record.position()));
            } else if (record.kind() == RecordView.Kind.WRITE_ACCEPTED) {
                history.add(Event.at(agenda.nowNs(), "journal", EventKind.JOURNALED_WRITE)
                        .resource(names.get(record.handle()))
                        .token(record.token())
                        .sequence(record.sequence())
                        .crc(record.payloadCrc())
                        .record(record.generation(), record.position()));
            }
        });
        history.add(Event.at(agenda.nowNs(), "journal", EventKind.JOURNAL_READ));
    }
}
