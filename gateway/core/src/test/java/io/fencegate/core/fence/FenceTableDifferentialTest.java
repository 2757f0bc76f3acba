package io.fencegate.core.fence;

import static io.fencegate.core.grant.Verdict.ACCEPTED;
import static io.fencegate.core.grant.Verdict.OPENED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fencegate.core.grant.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table off the heap and its twin are told the same, in random order, and must answer and know the same. */
final class FenceTableDifferentialTest {
    private static final int STEPS = 150_000;
    private static final int CAPACITY = 9;
    private static final int NAME_BYTES_MAX = 60;
    private static final int PAYLOAD_LENGTH_MAX = 4;
    private static final String[] NAMES = {
        "a",
        "b",
        "aa",
        "ab",
        "ba",
        "orders",
        "order",
        "orders/1",
        "orders/11",
        "n".repeat(30),
        "é",
        "e",
        "long".repeat(4)
    };
    private static final String[] PAYLOADS = {"", "a", "b", "abcd", "abcde"};

    private final OpenRequest open = new OpenRequest();
    private final WriteRequest write = new WriteRequest();
    private final RecordRef record = new RecordRef();
    private final Set<Verdict> verdictsOfOpens = EnumSet.noneOf(Verdict.class);
    private final Set<Verdict> verdictsOfAnswers = EnumSet.noneOf(Verdict.class);
    private final Set<Verdict> verdictsOfWrites = EnumSet.noneOf(Verdict.class);
    private Random random;
    private FenceTable table;
    private FenceTable twin;
    private int step;

    @ParameterizedTest
    @ValueSource(longs = {1, 20261123, -7, 0x5EED})
    void theTableAndItsTwinAgreeAtEveryStep(final long seed) {
        random = new Random(seed);
        for (int life = 0; life < 50; life++) {
            try (FenceTable offHeap = new OffHeapFenceTable(CAPACITY, NAME_BYTES_MAX, PAYLOAD_LENGTH_MAX, seed);
                    FenceTable map = new MapFenceTable(CAPACITY, NAME_BYTES_MAX, PAYLOAD_LENGTH_MAX)) {
                table = offHeap;
                twin = map;
                for (step = 0; step < STEPS / 50; step++) {
                    takeStep();
                }
            }
        }
        assertEquals(6, verdictsOfOpens.size(), () -> "opens reached only " + verdictsOfOpens);
        assertEquals(3, verdictsOfAnswers.size(), () -> "answers reached only " + verdictsOfAnswers);
        assertEquals(11, verdictsOfWrites.size(), () -> "writes reached only " + verdictsOfWrites);
    }

    private void takeStep() {
        final int handle = random.nextInt(CAPACITY + 2) - 1;
        final int dice = random.nextInt(100);
        if (dice < 15) {
            stepOpen();
        } else if (dice < 30) {
            stepOpened(handle);
        } else if (dice < 90) {
            stepWrite(handle);
        } else if (dice < 94) {
            final long session = random.nextInt(4);
            both(handle, t -> run(() -> t.disown(handle, session)));
        } else if (dice < 96) {
            both(handle, t -> run(() -> t.suspend(handle)));
        } else if (dice < 98) {
            name();
            grant(1 + random.nextInt(8));
            both(handle, t -> t.raise(open));
        } else {
            final long token = fenceOf(handle) + random.nextInt(2);
            final long sequence = random.nextInt(4);
            record.set(1, step, random.nextLong());
            both(handle, t -> run(() -> t.accepted(handle, token, sequence, 5, record)));
        }
    }

    private void stepOpen() {
        name();
        final int handle = twin.find(open);
        grant(Math.max(1, fenceOf(handle) + random.nextInt(5) - 2));
        final boolean sealVerified = random.nextInt(20) != 0;
        final boolean room = random.nextInt(20) != 0;
        final Object verdict = both(handle, t -> t.checkOpen(open, sealVerified, room));
        verdictsOfOpens.add((Verdict) verdict);
        if (verdict == OPENED && handle >= 0 && twin.token(handle) == open.token()) {
            both(handle, t -> run(() -> t.suspend(handle)));
        } else if (verdict == OPENED) {
            both(handle, t -> t.raise(open));
        }
    }

    private void stepOpened(final int handle) {
        final long token = fenceOf(handle) - random.nextInt(10) / 9 + random.nextInt(20) / 19;
        final long clientId = random.nextInt(3);
        final long session = random.nextInt(4);
        if (both(handle, t -> t.opened(handle, token, clientId, session)) instanceof Verdict verdict) {
            verdictsOfAnswers.add(verdict);
        }
    }

    private void stepWrite(final int handle) {
        final boolean isKnown = handle >= 0 && handle < twin.size();
        final long token = fenceOf(handle) + (random.nextInt(10) == 0 ? random.nextInt(3) - 1 : 0);
        final long sequenceLast = isKnown ? twin.sequenceLast(handle) : 0;
        final long sequence = Math.max(1, sequenceLast + 1 + (random.nextInt(3) == 0 ? random.nextInt(4) - 2 : 0));
        final long session = isKnown && random.nextInt(8) != 0 ? twin.owner(handle) : random.nextInt(4);
        final boolean room = random.nextInt(20) != 0;
        final String payload = PAYLOADS[random.nextInt(PAYLOADS.length)];
        final int crc = random.nextInt(10) == 0 ? 1 : PaperGateway.crc(payload);
        payload(payload);
        write.header(handle, token, sequence, crc);
        final Object verdict = both(handle, t -> t.checkWrite(session, write, room));
        verdictsOfWrites.add((Verdict) verdict);
        if (verdict == ACCEPTED && random.nextInt(20) != 0) {
            record.set(random.nextInt(5), step, random.nextLong());
            both(handle, t -> run(() -> t.accepted(handle, token, sequence, crc, record)));
        }
    }

    private void name() {
        final byte[] name = NAMES[random.nextInt(NAMES.length)].getBytes(StandardCharsets.UTF_8);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[name.length + 5]);
        final int offset = random.nextInt(5);
        buffer.putBytes(offset, name);
        open.name(buffer, offset, name.length);
    }

    private void grant(final long token) {
        open.grant(token, random.nextInt(3), random.nextLong());
    }

    private void payload(final String payload) {
        final byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[bytes.length + 5]);
        final int offset = random.nextInt(5);
        buffer.putBytes(offset, bytes);
        write.payload(buffer, offset, bytes.length);
    }

    private long fenceOf(final int handle) {
        return handle >= 0 && handle < twin.size() ? twin.token(handle) : 0;
    }

    private static Object run(final Runnable step) {
        step.run();
        return "done";
    }

    private Object both(final int handle, final Function<FenceTable, Object> call) {
        final Object expected = outcome(twin, call);
        assertEquals(expected, outcome(table, call), () -> "step=" + step + " handle=" + handle);
        final int changed = expected instanceof Integer raised ? raised : handle;
        assertEquals(stateOf(twin, changed), stateOf(table, changed), () -> "step=" + step + " handle=" + changed);
        return expected;
    }

    private static Object outcome(final FenceTable table, final Function<FenceTable, Object> call) {
        try {
            return call.apply(table);
        } catch (final IllegalStateException ex) {
            return IllegalStateException.class;
        }
    }

    private static String stateOf(final FenceTable table, final int handle) {
        if (handle < 0 || handle >= table.size()) {
            return "size=" + table.size();
        }
        final RecordRef record = new RecordRef();
        table.lastRecord(handle, record);
        final ExpandableArrayBuffer name = new ExpandableArrayBuffer(32);
        final int length = table.copyName(handle, name, 0);
        return "size=" + table.size() + " name=" + name.getStringWithoutLengthUtf8(0, length) + " token="
                + table.token(handle) + " clientId=" + table.clientId(handle) + " seal=" + table.seal(handle)
                + " owner=" + table.owner(handle) + " sequenceLast=" + table.sequenceLast(handle) + " runningCrc="
                + table.runningCrc(handle) + " lastToken=" + table.lastToken(handle) + " lastSequence="
                + table.lastSequence(handle) + " lastPayloadCrc=" + table.lastPayloadCrc(handle) + " generation="
                + record.generation() + " position=" + record.position() + " locator=" + record.locator();
    }
}
