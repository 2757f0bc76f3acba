package io.fencegate.verification.story.real;

import io.fencegate.client.ClientConfig;
import io.fencegate.client.FencegateClient;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.SealKey;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.History;
import io.fencegate.verification.story.Call;
import io.fencegate.verification.story.Journaled;
import io.fencegate.verification.story.Stage;
import io.fencegate.verification.story.Story;
import io.fencegate.verification.story.Told;
import io.fencegate.verification.story.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.agrona.CloseHelper;

/** A gateway, a sequencer and clients that run. Clients speak through the library, or by hand where a story says so. */
final class RealStage implements Stage {
    private static final long GUESSED_SEAL = 0x5EA1_5EA1_5EA1_5EA1L;
    private static final Duration PATIENT = Duration.ofSeconds(40);
    private static final Duration IMPATIENT = Duration.ofMillis(500);
    private static final Duration ATTEMPT = Duration.ofMillis(300);

    private final Story story;
    private final History history;
    private final long beginNs = System.nanoTime();
    private final RealWorld world;
    private final RealSequencer sequencer;
    private final RealGateway gateway;
    private final String prefix;
    private final Map<String, Long> clientIds = new HashMap<>();
    private final Map<String, RealActor> actors = new HashMap<>();
    private final Map<String, Relay> relays = new HashMap<>();
    private final Map<String, Integer> handles = new HashMap<>();
    private final Set<String> cutOff = new HashSet<>();
    private final FencegateClient observer;
    private long lives = 1;

    RealStage(final RealWorld world, final Story story) {
        this.world = world;
        this.story = story;
        history = new History(story.header());
        prefix = story.name().replace(".txt", "/");
        final SealKey.Source keys = story.isSealed() ? RealWorld.KEYS : SealKey.Source.of();
        sequencer = world.sequencer(story);
        gateway =
                new RealGateway(world.aeronDirectoryName(), world.directory().resolve("journal-" + story.name()), keys);
        observer = connect(0x0B5E_7E37L, sequencer.ingressEndpoints(), PATIENT);
    }

    @Override
    public Told call(final Call told) {
        final Call call = renamed(told);
        final RealActor actor = actor(call.actor());
        if (call.kind().isForSequencer()) {
            return sequencer.isUp() && !cutOff.contains(call.actor()) ? actor.ask(call) : askInVain(actor, call);
        }
        if (!gateway.isUp()) {
            return Told.of(Told.UNANSWERED);
        }
        return switch (call.kind()) {
            case OPEN -> actor.pen().open(actor.ticket(call.resource(), call.token()));
            case WRITE -> actor.pen().write(call);
            default -> actor.pen().read(call.resource());
        };
    }

    /** What is held back is said when it is to arrive: nobody can tell that from a late message. */
    @Override
    public void holdBack(final Call call) {
        actor(call.actor());
    }

    @Override
    public Told deliver(final Call call) {
        return call(call);
    }

    @Override
    public void loseAnswer(final Call call) {
        call(call);
    }

    @Override
    public void happen(final Turn turn) {
        switch (turn.kind()) {
            case PAUSES, RESUMES -> {
                // Who is paused is not polled: nothing of it runs.
            }
            case CRASHES -> {
                CloseHelper.close(actors.remove(turn.actor()));
                clientIds.remove(turn.actor());
            }
            case GETS_TICKET -> {
                clientIds.put(turn.actor(), clientId(turn.other()));
                actor(turn.other()).tickets().values().forEach(actor(turn.actor())::keep);
            }
            case FORGES -> forge(turn);
            case CUT -> {
                cutOff.add(turn.actor());
                relays.get(turn.actor()).cut();
            }
            case JOINED -> {
                cutOff.remove(turn.actor());
                relays.get(turn.actor()).join();
            }
            case LEASE_ENDS ->
                Deadline.await(
                        "a lease is over",
                        () -> observer.describe(prefix + turn.resource()).token() != turn.token());
            case GATEWAY_STOPS -> {
                gateway.stop();
                actors.values().forEach(actor -> actor.pen().onGatewayStopped());
            }
            case GATEWAY_STARTS -> gateway.start();
            case SEQUENCER_STOPS -> sequencer.stop();
            case SEQUENCER_STARTS -> sequencer.start();
            case LEADER_CHANGES -> sequencer.changeLeader();
            case ALL_LOST -> {
                sequencer.loseEverything();
                history.add(Event.at(nowNs(), "sequencer", EventKind.LIFE_BEGAN).position(++lives));
            }
            default -> throw new IllegalArgumentException("a running system cannot play this: turn=" + turn);
        }
    }

    @Override
    public long clientId(final String actor) {
        return clientIds.computeIfAbsent(
                actor, any -> ThreadLocalRandom.current().nextLong());
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public long nowNs() {
        return System.nanoTime() - beginNs;
    }

    @Override
    public List<Journaled> journal() {
        CloseHelper.closeAll(actors.values());
        actors.clear();
        gateway.stop();
        return gateway.journal().stream().map(this::renamed).toList();
    }

    @Override
    public void close() {
        final List<AutoCloseable> all = new ArrayList<>(actors.values());
        all.addAll(relays.values());
        all.add(observer);
        all.add(gateway);
        if (!world.isShared(sequencer)) {
            all.add(sequencer);
        }
        CloseHelper.closeAll(all);
    }

    private Told askInVain(final RealActor actor, final Call call) {
        try (FencegateClient impatient = connect(actor.clientId(), endpoints(call.actor()), IMPATIENT)) {
            return actor.ask(impatient, call);
        }
    }

    private void forge(final Turn turn) {
        final long seal = turn.other().isEmpty()
                ? GUESSED_SEAL
                : actor(turn.other()).tickets().values().iterator().next().seal();
        final String resource = prefix + turn.resource();
        actor(turn.actor()).keep(new Grant(resource, turn.token(), clientId(turn.actor()), 1, seal));
    }

    private RealActor actor(final String name) {
        return actors.computeIfAbsent(name, any -> {
            final FencegateClient client = connect(clientId(name), endpoints(name), PATIENT);
            final GatewayPen pen =
                    story.isByHand() ? new HandPen(world.aeron(), clientId(name), handles) : new LibraryPen(client);
            return new RealActor(clientId(name), client, pen);
        });
    }

    /** The way to the sequencer: through a relay for whom it will be cut. */
    private String endpoints(final String actor) {
        if (!story.isEverCutOff(actor)) {
            return sequencer.ingressEndpoints();
        }
        final String[] address =
                sequencer.ingressEndpoints().substring("0=".length()).split(":");
        final Relay relay = relays.computeIfAbsent(actor, any -> new Relay(address[0], Integer.parseInt(address[1])));
        return "0=localhost:" + relay.port();
    }

    private FencegateClient connect(final long clientId, final String endpoints, final Duration patience) {
        return FencegateClient.connect(ClientConfig.of(world.aeronDirectoryName())
                .withClientId(clientId)
                .withSequencer(endpoints)
                .withGateway("aeron:ipc")
                .withTimeouts(patience.toNanos(), ATTEMPT.toNanos(), PATIENT.toNanos()));
    }

    private Call renamed(final Call call) {
        return new Call(
                call.actor(),
                call.kind(),
                prefix + call.resource(),
                call.token(),
                call.ttlMs(),
                call.waitMs(),
                call.sequence(),
                call.payload());
    }

    private Journaled renamed(final Journaled record) {
        return new Journaled(
                record.resource().substring(prefix.length()),
                record.token(),
                record.clientId(),
                record.sequence(),
                record.payload(),
                record.generation(),
                record.position());
    }
}
