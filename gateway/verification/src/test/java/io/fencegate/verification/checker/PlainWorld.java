package io.fencegate.verification.checker;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import io.fencegate.storage.durability.Durability;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventBuilder;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.Fault;
import io.fencegate.verification.history.History;
import io.fencegate.verification.history.HistoryHeader;
import io.fencegate.verification.history.Transport;
import io.fencegate.verification.history.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A sequencer, a gateway and clients as plainly as the rules can be said, with answers that are late or lost, crashes and
 * losses of power, by chance: makes histories that are legal because nothing else can happen here.
 */
final class PlainWorld {
    private static final String[] RESOURCES = {"orders", "stock"};
    private static final int CLIENTS = 4;

    private record Lease(int client, long token) {}

    private record Logged(
            boolean isFence, int resource, long token, int client, long sequence, int crc, long generation) {}

    /** What the gateway knows of a resource; all but the owner can be rebuilt from the journal and the fence log. */
    private static final class Known {
        private long fence;
        private int client;
        private long sequence;
        private int runningCrc;
        private long lastPosition;
        private long owner;
    }

    private final Random random;
    private final History history;
    private final boolean isDisk;
    private final List<Runnable> underWay = new ArrayList<>();
    private final Lease[] leases = new Lease[RESOURCES.length];
    private final Map<Integer, long[]> tickets = new HashMap<>();
    private final Map<Integer, Long> sessions = new HashMap<>();
    private final List<Logged> journal = new ArrayList<>();
    private final Logged[] fenceLog = new Logged[RESOURCES.length];
    private Known[] known = {new Known(), new Known()};
    private long op;
    private long session;
    private long term = 1;
    private long serial;
    private long generation = 1;
    private int synced;
    private int fencesSynced;

    PlainWorld(final long seed) {
        random = new Random(seed);
        isDisk = random.nextBoolean();
        history = new History(new HistoryHeader(
                isDisk ? Durability.DISK : Durability.PROCESS, random.nextBoolean(), Transport.STREAM));
    }

    History run(final int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
        event("gateway", EventKind.JOURNAL_READ, 0);
        for (int i = 0; i < journal.size(); i++) {
            final Logged each = journal.get(i);
            record(each.isFence ? EventKind.JOURNALED_FENCE : EventKind.JOURNALED_WRITE, i);
        }
        return history;
    }

    private void step() {
        switch (random.nextInt(60)) {
            case 0, 1 -> acquire(random.nextInt(CLIENTS), random.nextInt(RESOURCES.length));
            case 2 -> release(random.nextInt(CLIENTS), random.nextInt(RESOURCES.length));
            case 3, 4, 5, 6 -> open(random.nextInt(CLIENTS), random.nextInt(RESOURCES.length));
            case 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 -> write();
            case 17, 18 -> read(random.nextInt(CLIENTS), random.nextInt(RESOURCES.length));
            case 19 -> sync();
            case 20 -> {
                if (random.nextInt(4) == 0) {
                    crash();
                }
            }
            case 21 -> changeSequencer();
            default -> {
                if (!underWay.isEmpty()) {
                    underWay.remove(random.nextInt(underWay.size())).run();
                }
            }
        }
    }

    private void changeSequencer() {
        if (random.nextInt(8) == 0) {
            event("sequencer", EventKind.LIFE_BEGAN, 0);
            term = 1;
            leases[0] = null;
            leases[1] = null;
        } else {
            term++;
        }
        serial = 0;
    }

    private void acquire(final int client, final int resource) {
        final long number = call(client, EventKind.ACQUIRE_CALLED, resource, 0, 0, 0);
        serve(client, number, EventKind.ACQUIRE_ENDED, () -> {
            if (leases[resource] != null && leases[resource].client != client) {
                return end(client, number, EventKind.ACQUIRE_ENDED).word(LeaseVerdict.DENIED);
            }
            if (leases[resource] == null) {
                leases[resource] = new Lease(client, Token.of(term, ++serial));
                history.add(at("sequencer", EventKind.ISSUED)
                        .op(number)
                        .resource(RESOURCES[resource])
                        .clientId(client + 1)
                        .token(leases[resource].token));
            }
            ticketsOf(client)[resource] = leases[resource].token;
            return end(client, number, EventKind.ACQUIRE_ENDED)
                    .word(LeaseVerdict.GRANTED)
                    .token(leases[resource].token);
        });
    }

    private void release(final int client, final int resource) {
        final long token = ticketsOf(client)[resource];
        final long number = call(client, EventKind.RELEASE_CALLED, resource, token, 0, 0);
        serve(client, number, EventKind.RELEASE_ENDED, () -> {
            final boolean holds = leases[resource] != null && leases[resource].equals(new Lease(client, token));
            if (holds) {
                leases[resource] = null;
                history.add(at("sequencer", EventKind.LEASE_ENDED)
                        .resource(RESOURCES[resource])
                        .token(token));
            }
            return end(client, number, EventKind.RELEASE_ENDED)
                    .word(holds ? LeaseVerdict.RELEASED : LeaseVerdict.LEASE_LOST);
        });
    }

    private void open(final int client, final int resource) {
        final long token = ticketsOf(client)[resource];
        if (token == 0) {
            return;
        }
        final long number = call(client, EventKind.OPEN_CALLED, resource, token, 0, 0);
        final long asked = ++session;
        underWay.add(() -> {
            final Known now = known[resource];
            if (token < now.fence || token == now.fence && now.client != client) {
                answer(client, number, EventKind.OPEN_ENDED, refusal(client, number, EventKind.OPEN_ENDED, now, token));
                return;
            }
            now.owner = 0;
            if (token > now.fence) {
                append(new Logged(true, resource, token, client, 0, 0, generation), EventKind.FENCE_RAISED);
                now.fence = token;
                now.client = client;
                now.sequence = 0;
                now.runningCrc = 0;
            }
            final long generationAsked = generation;
            underWay.add(() -> opened(client, resource, token, number, asked, generationAsked));
        });
    }

    private void opened(
            final int client,
            final int resource,
            final long token,
            final long number,
            final long asked,
            final long in) {
        if (in != generation) {
            answer(client, number, EventKind.OPEN_ENDED, null);
            return;
        }
        sync();
        final Known now = known[resource];
        if (now.fence != token) {
            answer(client, number, EventKind.OPEN_ENDED, refusal(client, number, EventKind.OPEN_ENDED, now, token));
            return;
        }
        now.owner = asked;
        sessions.put(client * RESOURCES.length + resource, asked);
        history.add(at("gateway", EventKind.OPEN_ANSWERED)
                .resource(RESOURCES[resource])
                .token(token)
                .clientId(client + 1)
                .sequence(now.sequence));
        answer(
                client,
                number,
                EventKind.OPEN_ENDED,
                place(end(client, number, EventKind.OPEN_ENDED), now)
                        .word(Verdict.OPENED)
                        .sequence(now.sequence)
                        .crc(now.runningCrc));
    }

    /** Mostly by whoever may. */
    private void write() {
        final int resource = random.nextInt(RESOURCES.length);
        final int client = random.nextInt(4) == 0 ? random.nextInt(CLIENTS) : known[resource].client;
        final long token = ticketsOf(client)[resource];
        final Long mine = sessions.get(client * RESOURCES.length + resource);
        if (token == 0 || mine == null) {
            return;
        }
        final long sequence = known[resource].sequence + 1 - (random.nextInt(3) == 0 ? 1 : 0);
        if (sequence == 0) {
            return;
        }
        final int crc = (int) (token * 31 + sequence);
        final long number = call(client, EventKind.WRITE_CALLED, resource, token, sequence, crc);
        underWay.add(() -> {
            final Known now = known[resource];
            final EventBuilder end = end(client, number, EventKind.WRITE_ENDED);
            if (token != now.fence || now.owner != mine || sequence > now.sequence + 1) {
                answer(
                        client,
                        number,
                        EventKind.WRITE_ENDED,
                        refusal(client, number, EventKind.WRITE_ENDED, now, token));
                return;
            }
            if (sequence == now.sequence + 1) {
                append(new Logged(false, resource, token, client, sequence, crc, generation), EventKind.APPENDED);
                now.sequence = sequence;
                now.runningCrc = PayloadCrc.fold(now.runningCrc, crc);
                now.lastPosition = journal.size();
                place(end.word(Verdict.ACCEPTED), now);
            } else {
                end.word(Verdict.DUPLICATE);
                if (sequence == now.sequence) {
                    place(end, now);
                }
            }
            durable(client, number, EventKind.WRITE_ENDED, end);
        });
    }

    private void read(final int client, final int resource) {
        final long number = call(client, EventKind.READ_CALLED, resource, 0, 0, 0);
        underWay.add(() -> {
            final Known now = known[resource];
            final EventBuilder end = end(client, number, EventKind.READ_ENDED);
            if (now.lastPosition == 0) {
                end.word(now.fence == 0 ? Verdict.UNKNOWN_RESOURCE : Verdict.NO_RECORD);
            } else {
                final Logged last = journal.get((int) now.lastPosition - 1);
                place(end.word(Verdict.FOUND), now)
                        .token(last.token)
                        .sequence(last.sequence)
                        .crc(last.crc);
            }
            durable(client, number, EventKind.READ_ENDED, end);
        });
    }

    /** The answer leaves once all that there is now is durable, if the gateway lives that long. */
    private void durable(final int client, final long number, final EventKind kind, final EventBuilder end) {
        final long generationAsked = generation;
        underWay.add(() -> {
            if (generationAsked != generation) {
                answer(client, number, kind, null);
                return;
            }
            if (isDisk) {
                sync();
            }
            answer(client, number, kind, end);
        });
    }

    private EventBuilder refusal(
            final int client, final long number, final EventKind kind, final Known now, final long token) {
        return token < now.fence
                ? end(client, number, kind).word(Verdict.STALE_TOKEN).fence(now.fence)
                : end(client, number, kind).word(Verdict.NOT_OWNER);
    }

    private EventBuilder place(final EventBuilder end, final Known now) {
        return now.lastPosition == 0
                ? end
                : end.record(journal.get((int) now.lastPosition - 1).generation, now.lastPosition);
    }

    private void append(final Logged record, final EventKind kind) {
        journal.add(record);
        record(kind, journal.size() - 1);
    }

    private void record(final EventKind kind, final int index) {
        final Logged each = journal.get(index);
        history.add(at("gateway", kind)
                .resource(RESOURCES[each.resource])
                .token(each.token)
                .clientId(each.isFence ? each.client + 1 : 0)
                .sequence(each.sequence)
                .crc(each.crc)
                .record(each.generation, index + 1));
    }

    /** Fences at every level; the journal is synced with them, which costs nothing here. */
    private void sync() {
        for (; fencesSynced < journal.size(); fencesSynced++) {
            final Logged each = journal.get(fencesSynced);
            if (each.isFence) {
                fenceLog[each.resource] = each;
                history.add(at("gateway", EventKind.FENCE_SYNCED)
                        .resource(RESOURCES[each.resource])
                        .token(each.token));
            }
        }
        if (isDisk) {
            synced = journal.size();
            history.add(at("gateway", EventKind.JOURNAL_SYNCED).position(synced));
        }
    }

    private void crash() {
        final boolean isPower = random.nextBoolean();
        history.add(at("gateway", EventKind.FAULT).word(isPower ? Fault.POWER_LOST : Fault.KILLED));
        int kept = journal.size();
        if (isPower) {
            kept = synced + random.nextInt(journal.size() - synced + 1);
        }
        journal.subList(kept, journal.size()).clear();
        generation++;
        history.add(at("gateway", EventKind.RECOVERED).record(generation, kept));
        known = new Known[] {new Known(), new Known()};
        for (int i = 0; i < journal.size(); i++) {
            remember(journal.get(i), i + 1);
        }
        for (final Logged fence : fenceLog) {
            if (fence != null && fence.token > known[fence.resource].fence) {
                append(
                        new Logged(true, fence.resource, fence.token, fence.client, 0, 0, generation),
                        EventKind.FENCE_RAISED);
                remember(fence, 0);
            }
        }
        synced = Math.min(synced, kept);
        fencesSynced = Math.min(fencesSynced, kept);
        sync();
        synced = journal.size();
    }

    private void remember(final Logged each, final long position) {
        final Known now = known[each.resource];
        if (each.isFence) {
            now.fence = each.token;
            now.client = each.client;
            now.sequence = 0;
            now.runningCrc = 0;
        } else {
            now.sequence = each.sequence;
            now.runningCrc = PayloadCrc.fold(now.runningCrc, each.crc);
            now.lastPosition = position;
        }
    }

    /** Something that is decided at once when it is served. */
    private void serve(final int client, final long number, final EventKind kind, final Supplier<EventBuilder> decide) {
        underWay.add(() -> answer(client, number, kind, decide.get()));
    }

    /** An answer is on its way, or lost: then the caller gives up some time, or never. */
    private void answer(final int client, final long number, final EventKind kind, final EventBuilder end) {
        final boolean isLost = end == null || random.nextInt(6) == 0;
        if (isLost && random.nextBoolean()) {
            return;
        }
        underWay.add(
                () -> history.add(rebuilt(isLost ? end(client, number, kind).word(Words.UNANSWERED) : end)));
    }

    /** An answer is observed when it arrives. */
    private EventBuilder rebuilt(final EventBuilder end) {
        final Event event = end.build();
        return at(event.actor(), event.kind())
                .op(event.op())
                .token(event.token())
                .sequence(event.sequence())
                .crc(event.crc())
                .record(event.generation(), event.position())
                .fence(event.fence())
                .word(event.word());
    }

    private long call(
            final int client,
            final EventKind kind,
            final int resource,
            final long token,
            final long sequence,
            final int crc) {
        history.add(at("client-" + client, kind)
                .op(++op)
                .resource(RESOURCES[resource])
                .clientId(client + 1)
                .token(token)
                .sequence(sequence)
                .crc(crc));
        return op;
    }

    private EventBuilder end(final int client, final long number, final EventKind kind) {
        return at("client-" + client, kind).op(number);
    }

    private void event(final String actor, final EventKind kind, final long position) {
        history.add(at(actor, kind).position(position));
    }

    private EventBuilder at(final String actor, final EventKind kind) {
        return Event.at(history.events().size(), actor, kind);
    }

    private long[] ticketsOf(final int client) {
        return tickets.computeIfAbsent(client, key -> new long[RESOURCES.length]);
    }
}
