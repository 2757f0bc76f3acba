package io.fencegate.core.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.access.AccessChange;
import io.fencegate.core.access.AccessRule;
import io.fencegate.core.access.Principal;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Token;
import io.fencegate.core.lease.command.CommandKind;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.core.lease.command.LeasePage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The table and its twin are told the same, in random order, and must say the same; between steps the table goes through
 * snapshots. What is said keeps the safety of tokens and leases.
 */
final class LeaseTableDifferentialTest {
    private static final int STEPS = 120_000;
    private static final int LIVES = 20;
    private static final CommandKind[] KINDS = {
        CommandKind.ACQUIRE, CommandKind.ACQUIRE, CommandKind.ACQUIRE, CommandKind.ACQUIRE, CommandKind.ACQUIRE,
        CommandKind.RENEW, CommandKind.RENEW, CommandKind.RENEW, CommandKind.RELEASE, CommandKind.RELEASE,
        CommandKind.CANCEL_WAIT, CommandKind.CANCEL_WAIT, CommandKind.REVOKE, CommandKind.RAISE_FLOOR,
                CommandKind.SET_FLOOR
    };
    private static final String[] NAMES = {"a", "b", "aa", "orders/1", "é", "\u0001", ""};
    private static final long[] TTLS = {50, 100, 100, 1_000, 1_000, 20_000, 86_400_000, 49, 86_400_001, Long.MIN_VALUE};
    private static final long[] WAITS = {0, 0, 1, 100, 100, 1_000, 30_000, 86_400_000, -1, Long.MAX_VALUE};

    private static final Principal[] PRINCIPALS = {Principal.ANONYMOUS, new Principal("alice"), new Principal("bob")};

    private final AnswerLog tableLog = new AnswerLog();
    private final AnswerLog twinLog = new AnswerLog();
    private final Set<String> reached = new TreeSet<>();
    private final List<Told> told = new ArrayList<>();
    private final long[] requestIds = new long[7];
    private Random random;
    private LeaseLaw table;
    private LeaseLaw twin;
    private LeaseSafety safety;
    private long now;
    private long term;
    private long tokenLast;

    @ParameterizedTest
    @ValueSource(longs = {1, 20261123})
    void theTableAndItsTwinAgreeAtEveryStepAndAcrossSnapshots(final long seed) {
        random = new Random(seed);
        for (int life = 0; life < LIVES; life++) {
            begin();
            if (life % 2 == 1) {
                beginRules();
            }
            for (int step = 0; step < STEPS / LIVES; step++) {
                final Object action = takeStep();
                final List<String> said = tableLog.take();
                final int stepNow = step;
                final int lifeNow = life;
                final Supplier<String> place =
                        () -> "seed=" + seed + " life=" + lifeNow + " step=" + stepNow + " at " + now + " " + action;
                assertEquals(twinLog.take(), said, place);
                assertEquals(twin.counts(), table.counts(), place);
                said.forEach(line -> reached.add(line.split(" ")[2]));
                said.forEach(line -> safety.onAnswer(line, now, place));
            }
        }
        final Set<String> rules = new TreeSet<>(List.of("DESCRIBED", "WATCHING", "UNWATCHED", "EVENT", "WATCH_ENDED"));
        // What is decided before the table, or about keys and rules, has codes of its own.
        EnumSet.allOf(LeaseVerdict.class).stream()
                .filter(verdict -> verdict.code() < 40 || verdict == LeaseVerdict.NOT_ALLOWED)
                .forEach(verdict -> rules.add(verdict.name()));
        assertEquals(rules, reached);
    }

    private void begin() {
        final LeaseLimits limits = new LeaseLimits(3, 2 + random.nextInt(3), 5, 6, 3, 2, 1 + random.nextInt(6), 20_000);
        table = new TableLaw(limits, tableLog);
        twin = new PlainLeaseTable(limits, twinLog);
        safety = new LeaseSafety();
        told.clear();
        now = 0;
        term = -1;
        tokenLast = 1;
        nextTerm();
        for (int client = 0; client < requestIds.length; client++) {
            requestIds[client] = random.nextInt(4) == 0 ? Long.MAX_VALUE - 50 : random.nextLong();
        }
    }

    private Object takeStep() {
        now += random.nextInt(10) < 7 ? random.nextInt(3) : random.nextInt(random.nextInt(30) == 0 ? 30_000 : 400);
        final int dice = random.nextInt(1000);
        if (dice < 3) {
            return nextTerm();
        }
        if (dice < 5) {
            return useUpSerials();
        }
        if (dice < 15) {
            table = table.snapshotAndRestore();
            return "snapshot";
        }
        if (dice < 18 && !table.access().isOpen()) {
            return changeRule();
        }
        if (dice < 60) {
            return list();
        }
        if (dice < 75) {
            return describe();
        }
        if (dice < 105) {
            return watchOrNot();
        }
        if (dice < 200) {
            final int workMax = random.nextInt(4) == 0 ? 100 : random.nextInt(3);
            assertEquals(twin.sweep(now, workMax), table.sweep(now, workMax));
            return "sweep work=" + workMax;
        }
        final Told command = dice < 400 && !told.isEmpty() ? repeat() : command();
        assertEquals(command.tell(twin, now), command.tell(table, now));
        return command;
    }

    private String nextTerm() {
        term += 1 + random.nextInt(2);
        table.tokens().onTerm(term);
        twin.tokens().onTerm(term);
        return "term";
    }

    /** Some may do something, and nobody everything. */
    private void beginRules() {
        for (final LeaseLaw law : List.of(table, twin)) {
            law.access().found("root");
        }
        for (int i = 0; i < 8; i++) {
            changeRule(true, random.nextInt(3), i % 4 == 0 ? "" : NAMES[random.nextInt(5)], 1 + random.nextInt(7));
        }
    }

    private String changeRule() {
        final boolean isAllowed = random.nextInt(3) > 0;
        final int who = random.nextInt(3);
        return changeRule(isAllowed, who, random.nextBoolean() ? "" : NAMES[random.nextInt(5)], 1 + random.nextInt(7));
    }

    private String changeRule(final boolean isAllowed, final int who, final String prefix, final int rights) {
        final AccessRule rule = new AccessRule(new String[] {"*", "alice", "bob"}[who], prefix, rights);
        for (final LeaseLaw law : List.of(table, twin)) {
            final AccessChange change =
                    new AccessChange(99, law.access().revision(), law.access().revision(), isAllowed, rule);
            assertNull(law.access().change(change, new Principal("root")));
        }
        return "rule=" + rule + " allowed=" + isAllowed;
    }

    private String useUpSerials() {
        final long serial = Math.max(Token.SERIAL_MAX - 5, table.tokens().serial());
        for (final LeaseLaw law : List.of(table, twin)) {
            law.tokens().restore(law.tokens().termOffset(), term, serial);
        }
        return "serials";
    }

    private String describe() {
        final UnsafeBuffer name = bytes(NAMES[random.nextInt(5)]);
        final LeaseCommand command =
                new LeaseCommand().from(1, 1).by(principal(1)).name(name, 0, name.capacity());
        table.describe(command, now);
        twin.describe(command, now);
        return "describe";
    }

    private String watchOrNot() {
        final int dice = random.nextInt(8);
        final long client = random.nextInt(3);
        final long request = random.nextInt(2);
        final long session = random.nextInt(4);
        final Principal asking = principal(client);
        final String prefix = dice == 0 ? "a".repeat(129) : NAMES[random.nextInt(3)].substring(0, random.nextInt(2));
        for (final LeaseLaw law : List.of(table, twin)) {
            if (dice == 7) {
                law.endSession(session);
            } else if (dice > 4) {
                law.unwatch(
                        new LeaseCommand().from(client, request + 7).by(asking).waitRequestId(request));
            } else {
                final UnsafeBuffer bytes = bytes(prefix);
                law.watch(
                        new LeaseCommand().from(client, request).by(asking).name(bytes, 0, bytes.capacity()), session);
            }
        }
        return "watch dice=" + dice;
    }

    private String list() {
        final UnsafeBuffer prefix = bytes(random.nextBoolean() ? "" : NAMES[random.nextInt(NAMES.length)]);
        final UnsafeBuffer after = bytes(random.nextBoolean() ? "" : NAMES[random.nextInt(NAMES.length)]);
        final LeasePage page = new LeasePage()
                .prefix(prefix, 0, prefix.capacity())
                .after(after, 0, after.capacity())
                .atMost(random.nextInt(4));
        final int room = random.nextInt(4);
        assertEquals(pageOf(twin, page, room), pageOf(table, page, room));
        return "list";
    }

    private List<String> pageOf(final LeaseLaw law, final LeasePage page, final int room) {
        final List<String> shown = new ArrayList<>();
        final boolean more = law.list(page, now, (holder, token, remainingMs, waiters, name, offset, length) -> {
            assertTrue(remainingMs > 0);
            shown.add(AnswerLog.text(name, offset, length) + " " + holder + " " + token + " " + remainingMs + " "
                    + waiters);
            return shown.size() <= room;
        });
        shown.add("more=" + more);
        return shown;
    }

    private Told repeat() {
        final int recent = random.nextInt(20) == 0 ? told.size() : Math.min(told.size(), 12);
        return told.get(told.size() - 1 - random.nextInt(recent)).as(random.nextInt(20) == 0 ? 51 : 0);
    }

    private Told command() {
        final int client = random.nextInt(10) == 0 ? 6 : random.nextInt(6);
        final CommandKind kind = KINDS[random.nextInt(KINDS.length)];
        final int skip = random.nextInt(50) == 0 ? 3 : 1;
        requestIds[client] += skip;
        final long clientId = client == 6 && random.nextInt(3) == 0 ? random.nextLong() : client - 2;
        final Told command = new Told(
                principal(clientId),
                kind,
                NAMES[random.nextInt(20) == 0 ? random.nextInt(NAMES.length) : random.nextInt(5)],
                clientId,
                requestIds[client],
                token(kind, clientId),
                TTLS[random.nextInt(random.nextInt(10) == 0 ? TTLS.length : 6)],
                WAITS[random.nextInt(random.nextInt(10) == 0 ? WAITS.length : 7)],
                kind == CommandKind.CANCEL_WAIT ? waitRequestId(requestIds[client]) : 0,
                kind == CommandKind.RAISE_FLOOR ? random.nextInt(3) : 0);
        if (random.nextInt(30) > 0) { // Else it is told late, if ever: as a repeat of something never heard.
            told.add(command);
            return command;
        }
        told.add(Math.max(0, told.size() - 3), command);
        return told.get(told.size() - 1);
    }

    /** Mostly one that was sent lately, whatever it asked. */
    private long waitRequestId(final long requestId) {
        final int dice = random.nextInt(12);
        return dice == 0 ? random.nextLong() : dice == 1 ? requestId + random.nextInt(2) : requestId - 1 - dice / 3;
    }

    private long token(final CommandKind kind, final long clientId) {
        return switch (kind) {
            case ACQUIRE, CANCEL_WAIT -> 0;
            case RAISE_FLOOR, SET_FLOOR -> floor();
            default -> token(clientId);
        };
    }

    /** A token of this life, or one that is not far above the next one, or, seldom, any number. */
    private long floor() {
        final long next = table.tokens().leadershipTermId() + table.tokens().termOffset() << Token.SERIAL_BITS
                | Math.min(Token.SERIAL_MAX, table.tokens().serial() + 1);
        final int dice = random.nextInt(100);
        if (dice < 2) {
            return dice == 0 ? random.nextLong() : 0;
        }
        return dice < 12 ? next + (random.nextInt(3) - 1) * (1L << random.nextInt(57)) : next - dice % 3;
    }

    private long token(final long clientId) {
        final int dice = random.nextInt(20);
        if (dice == 0) {
            return random.nextLong();
        }
        return dice < 14 ? safety.tokenOf(clientId) : tokenLast;
    }

    /** Mostly the client's own. */
    private Principal principal(final long clientId) {
        return PRINCIPALS[(int) Math.floorMod(random.nextInt(40) == 0 ? random.nextInt(3) : clientId, 3L)];
    }

    private static UnsafeBuffer bytes(final String name) {
        return new UnsafeBuffer(name.getBytes(StandardCharsets.UTF_8));
    }

    /** A command as it was told, to be told again. */
    private record Told(
            Principal principal,
            CommandKind kind,
            String name,
            long clientId,
            long requestId,
            long token,
            long ttlMs,
            long waitMs,
            long waitRequestId,
            long proof) {
        /** Returns false where the client is another's, and nothing was told. */
        boolean tell(final LeaseLaw law, final long now) {
            if (!law.isOwner(principal, clientId)) {
                return false;
            }
            final UnsafeBuffer borrowed = bytes("xx" + name + "yy");
            final LeaseCommand command = new LeaseCommand()
                    .from(clientId, requestId)
                    .by(principal)
                    .terms(token, ttlMs, waitMs)
                    .waitRequestId(waitRequestId)
                    .proven(proof, proof)
                    .name(borrowed, 2, borrowed.capacity() - 4);
            switch (kind) {
                case ACQUIRE -> law.acquire(command, now);
                case RENEW -> law.renew(command, now);
                case RELEASE -> law.release(command, now);
                case CANCEL_WAIT -> law.cancelWait(command, now);
                case REVOKE -> law.revoke(command, now);
                case RAISE_FLOOR, SET_FLOOR -> law.raiseFloor(kind, command, now);
                default -> throw new IllegalStateException(kind.toString());
            }
            borrowed.setMemory(0, borrowed.capacity(), (byte) '?');
            return true;
        }

        Told as(final long ttlMore) {
            return new Told(
                    principal, kind, name, clientId, requestId, token, ttlMs + ttlMore, waitMs, waitRequestId, proof);
        }
    }
}
