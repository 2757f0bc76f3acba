package io.fencegate.benchmarks.latency.loop;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

/**
 * A subject in a world without time of its own: the clock rises by a step whenever the loop idles, each answer takes
 * {@code serviceNs}, no answer comes during a stall, and no more than {@code windowMax} messages are taken unanswered.
 */
final class ScriptedSubject implements Subject, NanoClock, IdleStrategy {
    static final long SERVICE_NS = 1_000;

    final List<Integer> offers = new ArrayList<>();
    private final Deque<Long> sentNs = new ArrayDeque<>();
    private final Deque<Integer> senders = new ArrayDeque<>();
    private final int writers;
    long stepNs = 1_000;
    long stallFromNs = Long.MAX_VALUE;
    long stallToNs = Long.MAX_VALUE;
    int windowMax = Integer.MAX_VALUE;
    long wrongAnswerAt = Long.MAX_VALUE;
    private long nowNs;
    private long answered;

    ScriptedSubject(final int writers) {
        this.writers = writers;
    }

    @Override
    public int writers() {
        return writers;
    }

    @Override
    public boolean offer(final int writer) {
        if (sentNs.size() >= windowMax) {
            return false;
        }
        offers.add(writer);
        sentNs.add(nowNs);
        senders.add(writer);
        return true;
    }

    @Override
    public int poll(final Answers answers) {
        int count = 0;
        while (!sentNs.isEmpty() && !isStalled() && sentNs.peek() + SERVICE_NS <= nowNs) {
            if (++answered == wrongAnswerAt) {
                throw new WrongAnswerException("scripted");
            }
            sentNs.remove();
            answers.onAnswer(senders.remove());
            count++;
        }
        return count;
    }

    private boolean isStalled() {
        return nowNs >= stallFromNs && nowNs < stallToNs;
    }

    @Override
    public long nanoTime() {
        return nowNs;
    }

    @Override
    public void idle(final int workCount) {
        if (workCount == 0) {
            idle();
        }
    }

    @Override
    public void idle() {
        nowNs += stepNs;
    }

    @Override
    public void reset() {
        // No time passes while there is work.
    }

    @Override
    public String alias() {
        return "scripted";
    }

    @Override
    public void resume() {
        // Always awake.
    }

    @Override
    public void pause() {
        // Always awake.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
