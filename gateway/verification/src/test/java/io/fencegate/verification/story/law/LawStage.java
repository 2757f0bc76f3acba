package io.fencegate.verification.story.law;

import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.Sealer;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.History;
import io.fencegate.verification.story.Call;
import io.fencegate.verification.story.Journaled;
import io.fencegate.verification.story.Stage;
import io.fencegate.verification.story.Story;
import io.fencegate.verification.story.Told;
import io.fencegate.verification.story.Turn;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/** Lease table and fence table put together directly: nothing is between them, and time is moved by hand. */
public final class LawStage implements Stage {
    private static final SealKey KEY = SealKey.parse("000102030405060708090a0b0c0d0e0f");
    private static final long GUESSED_SEAL = 0x5EA1_5EA1_5EA1_5EA1L;

    private record Ticket(String resource, long token) {}

    private record Seal(long clientId, long seal) {}

    private final Sealer sealer;
    private final History history;
    private final LawSequencer sequencer = new LawSequencer();
    private final LawGateway gateway;
    private final Map<String, Long> clientIds = new HashMap<>();
    private final Map<String, Map<Ticket, Seal>> tickets = new HashMap<>();
    private final Map<String, Long> sessions = new HashMap<>();
    private final Map<Call, Supplier<Told>> heldBack = new HashMap<>();
    private final Set<String> cutOff = new HashSet<>();
    private long clientIdLast = 0xA0;
    private long sessionLast;
    private long lives = 1;

    /** A world in which nothing has happened yet. @param story that will be played */
    public LawStage(final Story story) {
        history = new History(story.header());
        sealer = story.isSealed() ? Sealer.of(KEY) : Sealer.none();
        gateway = new LawGateway(sealer);
    }

    @Override
    public Told call(final Call call) {
        return prepare(call).get();
    }

    @Override
    public void holdBack(final Call call) {
        heldBack.put(call, prepare(call));
    }

    @Override
    public Told deliver(final Call call) {
        return heldBack.remove(call).get();
    }

    @Override
    public void loseAnswer(final Call call) {
        prepare(call).get();
    }

    /** Who says it, and in which session, is settled when it is sent. */
    private Supplier<Told> prepare(final Call call) {
        final Told unanswered = Told.of(Told.UNANSWERED);
        if (call.kind().isForSequencer()) {
            return () -> sequencer.isUp() && !cutOff.contains(call.actor()) ? ask(call) : unanswered;
        }
        final long session = sessions.computeIfAbsent(call.actor(), any -> ++sessionLast);
        return switch (call.kind()) {
            case OPEN -> () -> gateway.isUp() ? gateway.open(grant(call), session) : unanswered;
            case WRITE -> () -> gateway.isUp() ? gateway.write(call, session) : unanswered;
            default -> () -> gateway.isUp() ? gateway.read(call.resource()) : unanswered;
        };
    }

    private Told ask(final Call call) {
        final long clientId = clientId(call.actor());
        final Told told = sequencer.call(clientId, call);
        final long token = told.tokenOf("token");
        if (token != 0) {
            keep(call.actor(), call.resource(), token, seal(call.resource(), token, clientId));
        }
        return told;
    }

    @Override
    public void happen(final Turn turn) {
        switch (turn.kind()) {
            case PAUSES, RESUMES -> {
                // A paused actor does nothing, which nobody notices here.
            }
            case CRASHES -> {
                clientIds.remove(turn.actor());
                sessions.remove(turn.actor());
                tickets.remove(turn.actor());
            }
            case GETS_TICKET -> {
                clientIds.put(turn.actor(), clientId(turn.other()));
                tickets.put(turn.actor(), new HashMap<>(ticketsOf(turn.other())));
            }
            case FORGES -> forge(turn);
            case CUT -> cutOff.add(turn.actor());
            case JOINED -> cutOff.remove(turn.actor());
            case LEASE_ENDS -> sequencer.endLease(turn.resource(), turn.token());
            case GATEWAY_STOPS -> gateway.stop();
            case GATEWAY_STARTS -> {
                gateway.start();
                sessions.clear();
            }
            case SEQUENCER_STOPS -> sequencer.stop();
            case SEQUENCER_STARTS -> sequencer.start();
            case LEADER_CHANGES -> sequencer.changeLeader();
            case GRANT_LOST -> {
                sequencer.forgetLastGrant();
                history.add(Event.at(nowNs(), "sequencer", EventKind.SUFFIX_LOST));
            }
            case ALL_LOST -> {
                sequencer.loseEverything();
                history.add(Event.at(nowNs(), "sequencer", EventKind.LIFE_BEGAN).position(++lives));
            }
            default -> throw new IllegalArgumentException("turn=" + turn);
        }
    }

    private void forge(final Turn turn) {
        final long seal = turn.other().isEmpty()
                ? GUESSED_SEAL
                : ticketsOf(turn.other()).values().iterator().next().seal();
        keep(turn.actor(), turn.resource(), turn.token(), seal);
    }

    @Override
    public long clientId(final String actor) {
        return clientIds.computeIfAbsent(actor, any -> ++clientIdLast);
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public long nowNs() {
        return TimeUnit.MILLISECONDS.toNanos(sequencer.nowMs());
    }

    @Override
    public List<Journaled> journal() {
        return gateway.journal();
    }

    @Override
    public void close() {
        gateway.close();
    }

    private Grant grant(final Call call) {
        final Seal seal = ticketsOf(call.actor()).get(new Ticket(call.resource(), call.token()));
        if (seal == null) {
            throw new IllegalStateException("no such ticket: call=" + call);
        }
        return new Grant(call.resource(), call.token(), seal.clientId(), 1, seal.seal());
    }

    private void keep(final String actor, final String resource, final long token, final long seal) {
        ticketsOf(actor).put(new Ticket(resource, token), new Seal(clientId(actor), seal));
    }

    private Map<Ticket, Seal> ticketsOf(final String actor) {
        return tickets.computeIfAbsent(actor, any -> new HashMap<>());
    }

    private long seal(final String resource, final long token, final long clientId) {
        final byte[] name = resource.getBytes(StandardCharsets.UTF_8);
        return sealer.seal(token, clientId, new UnsafeBuffer(name), 0, name.length);
    }
}
