package io.fencegate.sequencer.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Publication;
import io.fencegate.core.access.Principal;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.SealKey.Action;
import io.fencegate.core.grant.Token;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.WireCommands;
import io.fencegate.sequencer.charter.KeyChange;
import io.fencegate.sequencer.login.SessionPrincipal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bytes as nobody should send them, in a log with terms, ticks, and sessions that come and go: nothing throws, every
 * message is answered in its session, and every refusal is counted. A node that can send nothing arrives at the same state,
 * and so does one that starts from the snapshot.
 */
class FuzzedServiceTest {
    private static final int ENTRIES = Integer.getInteger("fuzz.entries", 40_000);
    private static final int SESSIONS = 4;
    private static final LeaseLimits LIMITS = new LeaseLimits(4, 3, 4, 10, 5, 3, 8, 2_000);
    private static final long[] NUMBERS = {0, 1, -1, 49, 50, 1_000, 86_400_000, 86_400_001, 1L << 40, 1L << 62};
    private static final String[] NAMES = {"a", "a/b", "b", "c", "é", "", "a\nb", "n".repeat(128)};

    /** Refusals that take more than bytes: a key, or a floor that was raised as far as it goes. */
    private static final Set<LeaseVerdict> RARE = EnumSet.of(
            LeaseVerdict.TOKENS_EXHAUSTED,
            LeaseVerdict.KEY_LIVE,
            LeaseVerdict.KEY_NOT_LIVE,
            LeaseVerdict.TOO_MANY_KEYS,
            LeaseVerdict.ACCESS_CHANGED,
            LeaseVerdict.TOO_MANY_RULES,
            LeaseVerdict.BAD_RULE,
            LeaseVerdict.LAST_OPERATOR,
            LeaseVerdict.LAST_KEY,
            LeaseVerdict.NOT_FOUNDED);

    private final ServiceRig speaking = new ServiceRig(1, LIMITS);
    private final ServiceRig mute = new ServiceRig(Publication.BACK_PRESSURED, LIMITS);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2048]);
    private final WireCommands commands = new WireCommands(buffer, 0);
    private Random random;
    private long timestamp = 1_000_000;
    private long term;
    private long sessionsOpened;
    private int nameLength;

    @ParameterizedTest
    @ValueSource(longs = {5101, 6, 20_261_129})
    void nothingThrowsAndEverythingIsAnswered(final long seed) {
        random = new Random(seed);
        for (final ServiceRig rig : rigs()) {
            rig.start();
            rig.term(term, timestamp);
        }
        while (sessionsOpened < SESSIONS) {
            openSession();
        }
        for (int i = 0; i < ENTRIES; i++) {
            timestamp += random.nextInt(40) - 2;
            entry(i, seed);
        }

        final ServiceRig restored = new ServiceRig(1, LIMITS).startFrom(speaking.snapshot(), speaking.logPosition());
        assertArrayEquals(speaking.snapshot().toArray(), mute.snapshot().toArray());
        assertArrayEquals(speaking.snapshot().toArray(), restored.snapshot().toArray());
        for (final LeaseVerdict verdict : LeaseVerdict.values()) {
            assertTrue(
                    RARE.contains(verdict) || verdict.isRefusal() == speaking.counters.refusals(verdict) > 0,
                    verdict::toString);
            assertEquals(speaking.counters.refusals(verdict), mute.counters.refusals(verdict), verdict::toString);
        }
    }

    private void entry(final int number, final long seed) {
        final int kind = random.nextInt(1000);
        if (kind == 0) {
            term += 1 + random.nextInt(3);
            rigs().forEach(rig -> rig.term(term, timestamp));
        } else if (kind < 5) {
            final long oldest = sessionsOpened - SESSIONS + 1;
            rigs().forEach(rig -> rig.close(oldest, timestamp));
            openSession();
        } else if (kind < 60) {
            rigs().forEach(this::fire);
        } else {
            final byte[] bytes = random.nextInt(20) == 0 ? noise() : mutated(command());
            final long session = sessionsOpened - random.nextInt(SESSIONS);
            speaking.bytes(session, timestamp, bytes);
            mute.bytes(session, timestamp, bytes);
            assertTrue(
                    speaking.takeSaid().stream().anyMatch(line -> line.startsWith(session + ": ")),
                    () -> "no answer: seed=" + seed + " entry=" + number + " bytes=" + Arrays.toString(bytes));
        }
    }

    /** Fires the timer that is due next, or one that was never set. */
    private void fire(final ServiceRig rig) {
        final long id = rig.timers.isEmpty()
                ? Long.MAX_VALUE
                : rig.timers.keySet().iterator().next();
        rig.fire(id, timestamp);
        rig.takeSaid();
    }

    private void openSession() {
        sessionsOpened++;
        // A few are of somebody, who may not speak for the others' clients.
        final Principal principal = sessionsOpened % 12 == 0 ? new Principal("alice") : Principal.ANONYMOUS;
        final byte[] known = new SessionPrincipal(principal, Principal.ANONYMOUS).encode();
        rigs().forEach(rig -> rig.open(sessionsOpened, timestamp, known));
    }

    private List<ServiceRig> rigs() {
        return List.of(speaking, mute);
    }

    private int command() {
        final long client = random.nextInt(14);
        final long request = random.nextInt(8) == 0 ? number() : timestamp / 400 + random.nextInt(4);
        final String name = NAMES[random.nextInt(random.nextInt(4) == 0 ? NAMES.length : 4)];
        final long token = Token.of(term, 1 + random.nextInt(50));
        final long ttlMs = random.nextInt(8) == 0 ? number() : 50 + random.nextInt(2_000);
        final long waitMs = random.nextInt(8) == 0 ? number() : random.nextInt(2_000);
        nameLength = name.getBytes(StandardCharsets.UTF_8).length;
        return switch (random.nextInt(15)) {
            case 0 -> commands.renew(client, request, token, ttlMs, name);
            case 1 -> commands.release(client, request, token, name);
            case 2 -> commands.cancelWait(client, request, request - random.nextInt(3), name);
            case 3 -> commands.revoke(client, request, token, name);
            case 4 -> commands.describe(client, request, name);
            case 5 -> commands.list(client, request, name.substring(0, name.length() / 2), name);
            case 6 -> commands.watch(client, request, name);
            case 7 -> {
                nameLength = 0;
                yield commands.unwatch(client, request, request - 1);
            }
            case 8 -> {
                nameLength = 0;
                yield commands.describeKeys(client, request);
            }
            case 9 -> {
                nameLength = 0;
                final Action action = random.nextBoolean() ? Action.ADD : Action.RETIRE;
                yield commands.changeKey(new KeyChange(client, request, action, token, random.nextInt(2), number()));
            }
            case 10 -> commands.raiseFloor(client, request, token, client + 1, number(), name);
            default -> commands.acquire(client, request, ttlMs, waitMs, name);
        };
    }

    private long number() {
        return random.nextInt(3) == 0 ? random.nextLong() : NUMBERS[random.nextInt(NUMBERS.length)];
    }

    /** The command as it is, or with some of its bytes changed, lost or repeated. */
    private byte[] mutated(final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return switch (random.nextInt(8)) {
            case 0 -> flipped(bytes, bytes.length);
            case 1 -> flipped(bytes, 8);
            case 2 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 3 -> Arrays.copyOf(bytes, bytes.length + random.nextInt(300));
            case 4 -> longerName(bytes, random.nextInt(300));
            default -> bytes;
        };
    }

    private byte[] flipped(final byte[] bytes, final int within) {
        for (int flips = random.nextInt(3); flips >= 0; flips--) {
            bytes[random.nextInt(within)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private byte[] longerName(final byte[] bytes, final int more) {
        final byte[] longer = Arrays.copyOf(bytes, bytes.length + more);
        Arrays.fill(longer, bytes.length, longer.length, (byte) 'n');
        new UnsafeBuffer(longer)
                .putShort(
                        bytes.length - nameLength - Short.BYTES, (short) (nameLength + more), ByteOrder.LITTLE_ENDIAN);
        return longer;
    }

    private byte[] noise() {
        final byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 64 : 2_000)];
        random.nextBytes(bytes);
        return bytes;
    }
}
