package io.fencegate.client.session.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.client.session.CallTimes;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * A writer against a gateway of a few obvious lines, over a network that loses sessions and delivers late: whatever
 * happens, nothing is written twice or out of order, every write is told once, and what was told is true.
 */
class WriterTwinTest {
    private static final int RUNS = 250;
    private static final int STEPS = 600;
    private static final int FAIR_STEPS = 4_000;
    private static final long WRITE_TIMEOUT_NS = 60;

    private final Map<WriteOutcome, Integer> outcomes = new EnumMap<>(WriteOutcome.class);
    private int fenced;
    private int reopened;

    @Test
    void whatIsToldIsTrueWhateverTheNetworkDoes() {
        for (int seed = 1; seed <= RUNS; seed++) {
            new Run(seed).play();
        }
        for (final WriteOutcome outcome : WriteOutcome.values()) {
            assertTrue(outcomes.getOrDefault(outcome, 0) > 20, "too seldom to prove anything: " + outcomes);
        }
        assertTrue(fenced > 10 && reopened > 10, "fenced=" + fenced + " reopened=" + reopened);
    }

    /** One seed's story. */
    private final class Run {
        private final int seed;
        private final Random random;
        private final ModelGateway gateway;
        private final WriterSession writer;
        private final UnsafeBuffer payload = new UnsafeBuffer(new byte[Integer.BYTES]);
        private final Deque<Integer> untold = new ArrayDeque<>();
        private final List<Integer> accepted = new ArrayList<>();
        private final List<Integer> refused = new ArrayList<>();
        private final List<Integer> unknown = new ArrayList<>();
        private int offers;
        private long nowNs;

        Run(final int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.gateway = new ModelGateway(random);
            this.writer = new WriterSession(
                    new Grant("orders", Token.of(1, 7), 11, 20_000, 0),
                    new WriteWindow(8, 32),
                    new CallTimes(100, 30, 2, 16),
                    WRITE_TIMEOUT_NS,
                    bound -> random.nextLong(bound + 1));
            gateway.serve(writer);
        }

        void play() {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            gateway.beFair();
            for (int i = 0;
                    i < FAIR_STEPS && !(untold.isEmpty() && writer.life().state() == WriterState.OPEN);
                    i++) {
                step();
            }
            check();
        }

        private void step() {
            nowNs += random.nextInt(3);
            if (random.nextInt(4) == 0) {
                offer();
            }
            gateway.step();
            writer.work(nowNs, gateway);
            if (random.nextInt(300) == 0) {
                writer.askAgain();
            }
            tell();
            if (writer.life().stopReason() == StopReason.TIMED_OUT && random.nextInt(20) == 0) {
                writer.reopen();
                reopened++;
            }
        }

        private void offer() {
            payload.putInt(0, offers + 1);
            if (writer.offer(gateway, payload, 0, Integer.BYTES) > 0) {
                offers++;
                untold.add(offers);
            }
        }

        private void tell() {
            final WriteWindow window = writer.window();
            while (window.hasAnswer()) {
                final int id = untold.remove();
                outcomes.merge(window.outcome(), 1, Integer::sum);
                switch (window.outcome()) {
                    case ACCEPTED -> accepted.add(id);
                    case REFUSED -> refused.add(id);
                    default -> unknown.add(id);
                }
                window.remove();
            }
        }

        private void check() {
            final String story = "seed=" + seed + " state=" + writer.life().state() + " reason="
                    + writer.life().stopReason() + " records=" + gateway.records;
            final StopReason reason = writer.life().stopReason();
            if (reason == null) {
                assertEquals(WriterState.OPEN, writer.life().state(), story);
                assertNull(writer.life().verdict(), story);
            } else {
                assertEquals(StopReason.FENCED, reason, story);
                fenced++;
            }
            assertTrue(untold.isEmpty(), () -> "untold=" + untold + " " + story);
            assertEquals(offers, accepted.size() + refused.size() + unknown.size(), story);
            for (int i = 1; i < gateway.records.size(); i++) {
                assertTrue(gateway.records.get(i - 1) < gateway.records.get(i), "twice or out of order: " + story);
            }
            assertTrue(gateway.records.containsAll(accepted), () -> "accepted=" + accepted + " " + story);
            assertTrue(refused.stream().noneMatch(gateway.records::contains), () -> "refused=" + refused + " " + story);
        }
    }
}
