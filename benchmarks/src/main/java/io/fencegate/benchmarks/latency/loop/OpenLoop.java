package io.fencegate.benchmarks.latency.loop;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Open loop at a stated rate: message {@code i} should be sent {@code i / rate} seconds after the start, whatever became
 * of those before it, and its latency is counted from then on, whenever it really was sent. So a subject that stalls is
 * charged for every message that should have been sent meanwhile, also for those that it, or a full window, or this very
 * thread kept from being sent.
 *
 * <p>The writers take turns, message by message; each is pipelined: it does not wait for an answer. Where one of them
 * cannot take its message the others wait behind it, and their waiting is counted too.
 *
 * <p>One thread sends for all writers and hears all answers: messages that are due come before answers, but at most
 * {@link #BURST_MAX} at a time, so that catching up does not keep answers from being heard. Does not allocate in
 * {@link #run}.
 */
public final class OpenLoop {
    /** Messages that are sent before answers are looked for. */
    public static final int BURST_MAX = 16;

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Subject.Answers onAnswer = this::onAnswer;
    private final Recording recording;
    private final double rate;
    private long[] answeredOf = {};
    private long sent;
    private long answered;
    private long startNs;
    private long lastSentNs;
    private long behindMaxNs;

    /**
     * A loop by the system's clock.
     *
     * @param rate messages a second, of all writers together
     * @param idle what the client does while nothing comes and nothing is due
     * @param stopped turns true when the run shall end
     */
    public OpenLoop(final double rate, final IdleStrategy idle, final BooleanSupplier stopped) {
        this(rate, SystemNanoClock.INSTANCE, idle, stopped);
    }

    /**
     * A loop.
     *
     * @param rate messages a second, of all writers together
     * @param clock that only rises
     * @param idle what the client does while nothing comes and nothing is due
     * @param stopped turns true when the run shall end
     */
    public OpenLoop(final double rate, final NanoClock clock, final IdleStrategy idle, final BooleanSupplier stopped) {
        if (!(rate > 0)) {
            throw new IllegalArgumentException("no such rate: rate=" + rate);
        }
        this.rate = rate;
        recording = new Recording(clock, idle, stopped);
    }

    /**
     * Sends for so long, and waits until all are answered.
     *
     * @param subject to measure, awake
     * @param durationNs in which messages should be sent; at least one is
     * @throws WrongAnswerException if an answer is wrong, or none comes for a minute
     */
    public void run(final Subject subject, final long durationNs) {
        final long messages = Math.max(1, (long) (durationNs * rate / NANOS_PER_SECOND));
        begin(subject.writers());
        boolean isOver = false;
        while (!isOver || answered < sent) {
            int workCount = 0;
            if (!isOver) {
                workCount = sendDue(subject, messages);
            }
            workCount += subject.poll(onAnswer);
            recording.idle(workCount, sent, sent - answered);
            isOver = sent == messages || recording.isStopped();
        }
    }

    private void begin(final int writers) {
        if (answeredOf.length != writers) {
            answeredOf = new long[writers];
        }
        Arrays.fill(answeredOf, 0);
        sent = 0;
        answered = 0;
        behindMaxNs = 0;
        recording.begin();
        startNs = recording.now();
        lastSentNs = startNs;
    }

    private int sendDue(final Subject subject, final long messages) {
        int count = 0;
        while (count < BURST_MAX && sent < messages) {
            final long dueNs = dueNs(sent);
            final long nowNs = recording.now();
            if (nowNs - dueNs < 0 || !subject.offer((int) (sent % answeredOf.length))) {
                break;
            }
            behindMaxNs = Math.max(behindMaxNs, nowNs - dueNs);
            lastSentNs = nowNs;
            sent++;
            count++;
        }
        return count;
    }

    private long dueNs(final long message) {
        return startNs + (long) (message * (NANOS_PER_SECOND / rate));
    }

    private void onAnswer(final int writer) {
        // A writer's own answers come in order: this one is the answer to its oldest message without one.
        final long message = answeredOf[writer] * answeredOf.length + writer;
        if (message >= sent) {
            throw new WrongAnswerException("nobody asked: writer=" + writer + " message=" + message + " sent=" + sent);
        }
        answeredOf[writer]++;
        answered++;
        recording.answered(dueNs(message));
    }

    /** What the last run saw. @return a copy */
    public LoopResult result() {
        final long sendingNs = sent == 0 ? 0 : lastSentNs - startNs + (long) (NANOS_PER_SECOND / rate);
        return new LoopResult(recording.histogram(), sent, sendingNs, behindMaxNs, !recording.isStopped());
    }
}
