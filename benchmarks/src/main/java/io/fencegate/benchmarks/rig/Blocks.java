package io.fencegate.benchmarks.rig;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Measures two subjects in turns within one run: in block after block, each exchanges the same number of messages, and
 * who begins changes from block to block. Closed loop: a message is sent when the answer to the one before has come. The
 * calling thread is the client of both.
 */
public final class Blocks {
    private static final long NANOS_MAX = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final int messages;
    private final Histogram histogram = new Histogram(NANOS_MAX, DIGITS);

    /**
     * Blocks of one size.
     *
     * @param messages in a block, at least 1
     */
    public Blocks(final int messages) {
        if (messages < 1) {
            throw new IllegalArgumentException("a block needs a message: messages=" + messages);
        }
        this.messages = messages;
    }

    /**
     * Measures.
     *
     * @param subject whose cost is asked for
     * @param floor what its parts cost
     * @param warmups blocks of each that are not counted
     * @param blocks of each that are, at least 1
     * @return what each block took
     * @throws WrongAnswerException if any answer is not the right one
     */
    public Comparison run(final RoundTrip subject, final RoundTrip floor, final int warmups, final int blocks) {
        subject.pause();
        floor.pause();
        final List<Quantiles> subjects = new ArrayList<>();
        final List<Quantiles> floors = new ArrayList<>();
        for (int i = -warmups; i < blocks; i++) {
            final boolean floorFirst = (i & 1) == 0;
            final Quantiles first = block(floorFirst ? floor : subject);
            final Quantiles second = block(floorFirst ? subject : floor);
            if (i >= 0) {
                floors.add(floorFirst ? first : second);
                subjects.add(floorFirst ? second : first);
            }
        }
        return new Comparison(subject.name(), floor.name(), messages, subjects, floors);
    }

    private Quantiles block(final RoundTrip subject) {
        subject.resume();
        // The first answers pay for waking up the other thread, in both subjects alike; they are checked, not counted.
        for (int i = 0; i < Math.min(messages, 100); i++) {
            subject.exchange();
        }
        histogram.reset();
        for (int i = 0; i < messages; i++) {
            final long startNs = System.nanoTime();
            subject.exchange();
            histogram.recordValue(System.nanoTime() - startNs);
        }
        subject.pause();
        return Quantiles.of(histogram);
    }
}
