package io.fencegate.core.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.lease.command.CommandKind;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.core.lease.order.LogClock;
import io.fencegate.core.lease.order.TokenSequence;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands are told again long after their answers were forgotten, with no room to remember more than a few: no such
 * repeat ends, shortens or passes on a lease, or takes a wait out of its queue or its turn. While the table still knows
 * the client, and one process asks in its name, it changes nothing at all.
 */
final class LateRepeatTest {
    private static final int STEPS = 12_000;
    private static final int CLIENTS = 9;
    private static final int SHARED = 2;
    private static final LeaseLimits LIMITS = new LeaseLimits(3, 4, 8, 6, 1, 1, 2, 3_000);

    private final AnswerLog log = new AnswerLog();
    private final LeaseSafety safety = new LeaseSafety();
    private final List<Told> told = new ArrayList<>();
    private final long[] requestIds = new long[CLIENTS + SHARED];
    private final Map<Told, Object> knownWith = new HashMap<>();
    private final Map<Long, Object> lives = new HashMap<>();
    private LeaseState state = nothing();
    private Random random;
    private long now;
    private int afterForgotten;
    private int unchanged;

    @ParameterizedTest
    @ValueSource(longs = {4, 20261129})
    void theyHurtNoNewerLeaseOrWait(final long seed) {
        random = new Random(seed);
        state.tokens().onTerm(1);
        for (int i = 0; i < requestIds.length; i++) {
            requestIds[i] = random.nextLong();
        }
        for (int step = 0; step < STEPS; step++) {
            now += random.nextInt(20) == 0 ? random.nextInt(4_000) : random.nextInt(40);
            state.table().sweep(now, Integer.MAX_VALUE);
            lives.keySet().removeIf(client -> state.table().cache().find(client) == null);
            if (random.nextInt(200) == 0) {
                final LeaseState copy = nothing();
                state.visit(copy.restorer());
                state = copy;
            }
            if (!told.isEmpty() && random.nextInt(5) < 2) {
                repeat("seed=" + seed + " step=" + step + " at " + now + " ");
            } else {
                tellAnother();
            }
            log.take().forEach(line -> safety.onAnswer(line, now, () -> "seed=" + seed));
        }
        assertTrue(afterForgotten > 500 && unchanged > 300, "forgotten=" + afterForgotten + " kept=" + unchanged);
    }

    private void tellAnother() {
        final int process = random.nextInt(requestIds.length);
        final long client = process % CLIENTS;
        requestIds[process]++;
        final CommandKind kind = CommandKind.ofCode(1 + random.nextInt(5));
        final Told command = new Told(
                kind,
                "r" + random.nextInt(4),
                client,
                requestIds[process],
                safety.tokenOf(random.nextInt(5) == 0 ? random.nextInt(CLIENTS) : client),
                random.nextInt(4) == 0 ? 100 : 5_000,
                random.nextInt(3) == 0 ? 0 : 3_000,
                requestIds[process] - 1 - random.nextInt(2));
        told.add(command);
        command.tell(state.table(), now);
        if (state.table().cache().find(client) != null) {
            knownWith.put(command, lives.computeIfAbsent(client, id -> new Object()));
        }
    }

    private void repeat(final String place) {
        final int recent = random.nextBoolean() ? told.size() : Math.min(told.size(), 100);
        final Told command = told.get(told.size() - 1 - random.nextInt(recent));
        final Object life = lives.get(command.client);
        final boolean isKnown = life != null && life == knownWith.get(command);
        final View before = View.of(state);

        command.tell(state.table(), now);

        final View after = View.of(state);
        if (state.table().cache().find(command.client) != null) {
            lives.computeIfAbsent(command.client, id -> new Object());
        }
        if (isKnown && command.client >= SHARED) {
            assertEquals(before, after, () -> place + command);
            unchanged++;
        } else {
            before.assertUnhurt(after, place + command);
            afterForgotten++;
        }
    }

    private LeaseState nothing() {
        final TokenSequence tokens = new TokenSequence();
        return new LeaseState(new LogClock(), tokens, new LeaseTable(LIMITS, tokens, log, log));
    }

    /** A command, to be told again and again. */
    private record Told(
            CommandKind kind,
            String name,
            long client,
            long request,
            long token,
            long ttlMs,
            long waitMs,
            long waitId) {
        void tell(final LeaseTable table, final long now) {
            final UnsafeBuffer bytes = new UnsafeBuffer(name.getBytes(StandardCharsets.UTF_8));
            final LeaseCommand command =
                    new LeaseCommand().from(client, request).name(bytes, 0, bytes.capacity());
            switch (kind) {
                case ACQUIRE -> table.acquire(command.terms(0, ttlMs, waitMs), now);
                case RENEW -> table.renew(command.terms(token, ttlMs, 0), now);
                case RELEASE -> table.release(command.terms(token, 0, 0), now);
                case CANCEL_WAIT -> table.cancelWait(command.waitRequestId(waitId), now);
                case REVOKE -> table.revoke(command.terms(token, 0, 0), now);
                default -> throw new IllegalStateException(kind.toString());
            }
        }
    }

    /** A lease, and its queue. */
    private record Held(long holder, long token, long deadlineMs, List<String> queue) {}

    /** Who holds what until when, and who waits for it. */
    private record View(Map<String, Held> leases) {
        static View of(final LeaseState state) {
            final Map<String, Held> leases = new HashMap<>();
            final List<Held> last = new ArrayList<>();
            state.visit((LeaseStateVisitor) Proxy.newProxyInstance(
                    LeaseStateVisitor.class.getClassLoader(),
                    new Class<?>[] {LeaseStateVisitor.class},
                    (proxy, method, told) -> {
                        if (method.getName().equals("onLease")) {
                            last.add(new Held((Long) told[0], (Long) told[1], (Long) told[3], new ArrayList<>()));
                            final String name =
                                    AnswerLog.text((DirectBuffer) told[4], (Integer) told[5], (Integer) told[6]);
                            leases.put(name, last.get(last.size() - 1));
                        } else if (method.getName().equals("onWait")) {
                            last.get(last.size() - 1)
                                    .queue
                                    .add(AnswerLog.describe((LeaseCommand) told[0]) + " until " + told[1]);
                        }
                        return null;
                    }));
            return new View(leases);
        }

        void assertUnhurt(final View after, final String place) {
            leases.forEach((name, lease) -> {
                final Held now = after.leases.get(name);
                assertTrue(now != null && now.holder == lease.holder && now.token == lease.token, place);
                assertTrue(now.deadlineMs >= lease.deadlineMs, place);
                assertEquals(lease.queue, now.queue.subList(0, lease.queue.size()), place);
            });
        }
    }
}
