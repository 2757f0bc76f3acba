package io.fencegate.benchmarks.latency.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** In a world whose clock only the loop moves on, every message is charged what it waited, and no run flatters itself. */
class LoopTest {
    private static final long MS = 1_000_000;
    private static final double RATE = 10_000;

    @Test
    void aStallIsChargedToEveryMessageThatShouldHaveBeenSentDuringIt() {
        final ScriptedSubject subject = new ScriptedSubject(1);
        subject.stallFromNs = 100 * MS;
        subject.stallToNs = 400 * MS;
        final LoopResult result = open(subject, RATE, 1_000 * MS);
        assertEquals(10_000, result.sent());
        assertEquals(10_000, result.histogram().getTotalCount());
        // Due at 100.0, 100.1 … 399.9 ms, answered at 400: those due more than 50 ms before that waited more than 50
        // ms.
        assertEquals(RATE * 0.250, above(result.histogram(), 50 * MS), 25);
        assertEquals(RATE * 0.300, above(result.histogram(), 2 * ScriptedSubject.SERVICE_NS), 30);
        assertEquals(300 * MS, result.histogram().getMaxValue(), MS);
        assertEquals("", result.missed(RATE));
    }

    @Test
    void aStallIsChargedToThoseTooThatAFullWindowKeptFromBeingSent() {
        final ScriptedSubject subject = new ScriptedSubject(1);
        subject.windowMax = 8;
        subject.stallFromNs = 100 * MS;
        subject.stallToNs = 400 * MS;
        final LoopResult result = open(subject, RATE, 1_000 * MS);
        assertEquals(10_000, result.histogram().getTotalCount());
        assertEquals(RATE * 0.250, above(result.histogram(), 50 * MS), 30);
        assertEquals(300 * MS, result.behindMaxNs(), 2 * MS);
    }

    @Test
    void aClosedLoopSeesTheSameStallOnce() {
        final ScriptedSubject subject = new ScriptedSubject(1);
        subject.stallFromNs = 100 * MS;
        subject.stallToNs = 400 * MS;
        final ClosedLoop loop = new ClosedLoop(subject, subject, () -> false);
        loop.run(subject, Long.MAX_VALUE, 1_000 * MS);
        assertEquals(1, above(loop.result().histogram(), 50 * MS));
    }

    @Test
    void aRateThatWasNotHeldIsSaid() {
        final ScriptedSubject slow = new ScriptedSubject(1);
        slow.windowMax = 1;
        // One at a time, each two steps of a microsecond at best: half a million a second, not ten.
        final LoopResult result = open(slow, 10_000_000, 10 * MS);
        assertEquals(100_000, result.histogram().getTotalCount());
        assertTrue(result.missed(10_000_000).startsWith("the rate was missed: stated=10000000/s achieved="));
        assertTrue(result.rate() < 1_100_000, () -> "rate=" + result.rate());
    }

    @Test
    void aSenderThatFellFarBehindHasMissedItsRateThoughItCaughtUp() {
        final ScriptedSubject subject = new ScriptedSubject(1);
        subject.windowMax = 8;
        subject.stallFromNs = 100 * MS;
        subject.stallToNs = 700 * MS;
        final LoopResult result = open(subject, RATE, 2_000 * MS);
        assertEquals(RATE, result.rate(), RATE / 100);
        assertTrue(result.missed(RATE).contains("missed for a while"), () -> result.missed(RATE));
    }

    @Test
    void aWrongAnswerEndsTheRun() {
        final ScriptedSubject subject = new ScriptedSubject(1);
        subject.wrongAnswerAt = 17;
        assertThrows(WrongAnswerException.class, () -> open(subject, RATE, 1_000 * MS));
        final ScriptedSubject other = new ScriptedSubject(1);
        other.wrongAnswerAt = 17;
        final ClosedLoop loop = new ClosedLoop(other, other, () -> false);
        assertThrows(WrongAnswerException.class, () -> loop.run(other, 100, Long.MAX_VALUE));
    }

    @Test
    void aSubjectThatFallsSilentEndsTheRun() {
        final ScriptedSubject subject = new ScriptedSubject(1);
        subject.stepNs = MS;
        subject.stallFromNs = 100 * MS;
        final Exception silent = assertThrows(WrongAnswerException.class, () -> open(subject, 100, 1_000 * MS));
        assertTrue(silent.getMessage().contains("no answer"), silent::getMessage);
    }

    @Test
    void writersTakeTurns() {
        final ScriptedSubject subject = new ScriptedSubject(3);
        final LoopResult result = open(subject, 1_000, 7 * MS);
        assertEquals(List.of(0, 1, 2, 0, 1, 2, 0), subject.offers);
        assertEquals(7, result.histogram().getTotalCount());
    }

    @Test
    void everyWriterOfAClosedLoopHasOneMessageUnderWay() {
        final ScriptedSubject subject = new ScriptedSubject(3);
        final ClosedLoop loop = new ClosedLoop(subject, subject, () -> false);
        loop.run(subject, 6, Long.MAX_VALUE);
        assertEquals(List.of(0, 1, 2, 0, 1, 2), subject.offers);
        assertEquals(6, loop.result().histogram().getTotalCount());
        assertEquals(
                ScriptedSubject.SERVICE_NS, loop.result().histogram().getMaxValue(), ScriptedSubject.SERVICE_NS / 100);
    }

    @Test
    void aStoppedRunHasWhatItHasAndSaysSo() {
        final ScriptedSubject subject = new ScriptedSubject(1);
        final AtomicInteger asked = new AtomicInteger();
        final OpenLoop loop = new OpenLoop(RATE, subject, subject, () -> asked.incrementAndGet() > 3);
        loop.run(subject, 10_000 * MS);
        assertFalse(loop.result().isComplete());
        // Asked every 100 ms of the loop's own time.
        assertEquals(4_000, loop.result().sent(), 50);
        assertEquals(loop.result().sent(), loop.result().histogram().getTotalCount());
    }

    private static LoopResult open(final ScriptedSubject subject, final double rate, final long durationNs) {
        final OpenLoop loop = new OpenLoop(rate, subject, subject, () -> false);
        loop.run(subject, durationNs);
        return loop.result();
    }

    private static long above(final Histogram histogram, final long thresholdNs) {
        return histogram.getTotalCount() - histogram.getCountBetweenValues(0, thresholdNs);
    }
}
