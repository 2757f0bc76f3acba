package io.fencegate.sequencer.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Test;

/** However fast records go through, the service's Aeron client is driven in between. */
final class BreathTest {
    private int idles;

    private final Breath breath = new Breath(new IdleStrategy() {
        @Override
        public void idle(final int workCount) {
            throw new AssertionError("this idles only where nothing was done");
        }

        @Override
        public void idle() {
            idles++;
        }

        @Override
        public void reset() {}
    });

    @Test
    void oneBreathInSoManyRecords() {
        for (int i = 0; i < 10 * Breath.RECORDS - 1; i++) {
            breath.onRecords(1);
        }
        assertEquals(9, idles);
        breath.onRecords(64);
        assertEquals(10, idles);
    }

    @Test
    void nothingIsNoRecord() {
        for (int i = 0; i < 10 * Breath.RECORDS; i++) {
            breath.onRecords(0);
        }
        assertEquals(0, idles);
    }
}
