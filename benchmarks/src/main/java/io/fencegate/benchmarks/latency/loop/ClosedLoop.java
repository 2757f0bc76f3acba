package io.fencegate.benchmarks.latency.loop;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Closed loop: each writer sends a message when the answer to its last one has come, and not before; a latency is counted
 * from the first try to send. A subject that stalls is asked less: what it does to those who would have come meanwhile,
 * only {@link OpenLoop} sees.
 *
 * <p>One thread is the client of all writers, in turn; what it does for one of them delays the others. Does not allocate
 * in {@link #run}.
 */
public final class ClosedLoop {
    /** Messages at the begin of a block that are checked and not counted: they pay for waking up the other threads. */
    public static final int AWAKENING = 100;

    private final Subject.Answers onAnswer = this::onAnswer;
    private final Recording recording;
    private long[] sentNs = {};
    private boolean[] isWaiting = {};
    private boolean[] isStamped = {};
    private long sent;
    private long answered;
    private long startNs;
    private long endNs;

    /**
     * A loop by the system's clock.
     *
     * @param idle what the client does while nothing comes
     * @param stopped turns true when the run shall end
     */
    public ClosedLoop(final IdleStrategy idle, final BooleanSupplier stopped) {
        this(SystemNanoClock.INSTANCE, idle, stopped);
    }

    /**
     * A loop.
     *
     * @param clock that only rises
     * @param idle what the client does while nothing comes
     * @param stopped turns true when the run shall end
     */
    public ClosedLoop(final NanoClock clock, final IdleStrategy idle, final BooleanSupplier stopped) {
        recording = new Recording(clock, idle, stopped);
    }

    /**
     * One block of messages: wakes the subject, lets it sleep again, and counts what lies between.
     *
     * @param subject to measure, paused
     * @param messagesMax to count, of all writers together
     * @param durationNs longest time, for a subject that is so slow that it would take the rest of the day
     * @return what the loop saw
     */
    public LoopResult block(final Subject subject, final long messagesMax, final long durationNs) {
        subject.resume();
        run(subject, Math.min(messagesMax, AWAKENING), durationNs);
        run(subject, messagesMax, durationNs);
        subject.pause();
        return result();
    }

    /**
     * Sends and waits until so many messages were sent or the time is over, and all are answered.
     *
     * @param subject to measure, awake
     * @param messagesMax of all writers together
     * @param durationNs longest time
     * @throws io.fencegate.benchmarks.rig.WrongAnswerException if an answer is wrong, or none comes for a minute
     */
    public void run(final Subject subject, final long messagesMax, final long durationNs) {
        begin(subject.writers());
        boolean isOver = false;
        while (!isOver || answered < sent) {
            int workCount = 0;
            for (int writer = 0; writer < isWaiting.length && !isOver; writer++) {
                workCount += isWaiting[writer] ? 0 : send(subject, writer);
                isOver = sent == messagesMax;
            }
            workCount += subject.poll(onAnswer);
            recording.idle(workCount, sent, sent - answered);
            isOver |= recording.isStopped() || endNs - startNs >= durationNs;
        }
    }

    private void begin(final int writers) {
        if (sentNs.length != writers) {
            sentNs = new long[writers];
            isWaiting = new boolean[writers];
            isStamped = new boolean[writers];
        }
        Arrays.fill(isWaiting, false);
        Arrays.fill(isStamped, false);
        sent = 0;
        answered = 0;
        recording.begin();
        startNs = recording.now();
        endNs = startNs;
    }

    private int send(final Subject subject, final int writer) {
        if (!isStamped[writer]) {
            isStamped[writer] = true;
            sentNs[writer] = recording.now();
            endNs = sentNs[writer];
        }
        if (!subject.offer(writer)) {
            return 0;
        }
        isWaiting[writer] = true;
        sent++;
        return 1;
    }

    private void onAnswer(final int writer) {
        if (!isWaiting[writer]) {
            throw new WrongAnswerException("nobody asked: writer=" + writer);
        }
        recording.answered(sentNs[writer]);
        isWaiting[writer] = false;
        isStamped[writer] = false;
        answered++;
    }

    /** What the last run saw. @return a copy */
    public LoopResult result() {
        return new LoopResult(recording.histogram(), sent, endNs - startNs, 0, !recording.isStopped());
    }
}
