package io.fencegate.benchmarks.throughput;

import io.fencegate.benchmarks.rig.WriteStream;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;

/** What a client does while no answer comes: idles, and gives up after a while. One thread. */
public final class Patience {
    private static final long ANSWER_DEADLINE_NS = WriteStream.PATIENCE_NS;

    private final IdleStrategy idle;
    private long sinceNs;
    private boolean isIdle;

    /**
     * A patience.
     *
     * @param idle what to do while nothing happens
     */
    public Patience(final IdleStrategy idle) {
        this.idle = idle;
    }

    /**
     * After each turn.
     *
     * @param workCount of the turn
     * @throws WrongAnswerException if nothing happened for a minute
     */
    public void after(final int workCount) {
        if (workCount > 0) {
            if (isIdle) {
                idle.reset();
                isIdle = false;
            }
            return;
        }
        final long nowNs = System.nanoTime();
        if (!isIdle) {
            isIdle = true;
            sinceNs = nowNs;
        } else if (nowNs - sinceNs > ANSWER_DEADLINE_NS) {
            throw new WrongAnswerException("no answer for seconds=" + TimeUnit.NANOSECONDS.toSeconds(nowNs - sinceNs));
        }
        idle.idle();
    }
}
