package io.fencegate.client.session.writer;

import io.fencegate.core.grant.Verdict;
import org.agrona.BitUtil;

/**
 * The writes of one writer that were sent and not yet told to its owner, in the order of their offers:
 *
 * <pre>
 *        head              answered               tail
 *   ------+-------------------+--------------------+------
 *         |  answered, to be  |  sent, no answer   | next
 *         |  told the owner   |  yet               |
 *   ------+-------------------+--------------------+------
 * </pre>
 *
 * It keeps what is known about them, not their payloads. Does not allocate after construction. One thread.
 */
public final class WriteWindow {
    private final int mask;
    private final long[] sequences;
    private final int[] payloadCrcs;
    private final long[] rounds;
    private final WriteOutcome[] outcomes;
    private final Verdict[] verdicts;
    private final long[] firsts;
    private final long[] seconds;
    private long head;
    private long answered;
    private long tail;

    /**
     * An empty window.
     *
     * @param writesMax that it shall hold, positive; rounded up to a power of two
     */
    public WriteWindow(final int writesMax) {
        final int capacity = BitUtil.findNextPositivePowerOfTwo(writesMax);
        mask = capacity - 1;
        sequences = new long[capacity];
        payloadCrcs = new int[capacity];
        rounds = new long[capacity];
        outcomes = new WriteOutcome[capacity];
        verdicts = new Verdict[capacity];
        firsts = new long[capacity];
        seconds = new long[capacity];
    }

    /** Writes in the window. @return sent and not told */
    public int size() {
        return (int) (tail - head);
    }

    /** Writes without an answer. @return count */
    public int unanswered() {
        return (int) (tail - answered);
    }

    /** Whether no write fits any more. @return true if full */
    public boolean isFull() {
        return tail - head > mask;
    }

    /** Whether the oldest write has an answer. @return true if there is something to tell */
    public boolean hasAnswer() {
        return head < answered;
    }

    void add(final long sequence, final int payloadCrc, final long round) {
        if (isFull()) {
            throw new IllegalStateException("window is full: size=" + size());
        }
        final int index = (int) tail & mask;
        sequences[index] = sequence;
        payloadCrcs[index] = payloadCrc;
        rounds[index] = round;
        tail++;
    }

    void answer(final WriteOutcome outcome, final Verdict verdict, final long first, final long second) {
        final int index = (int) answered & mask;
        outcomes[index] = outcome;
        verdicts[index] = verdict;
        firsts[index] = first;
        seconds[index] = second;
        answered++;
    }

    long unansweredSequence(final int ahead) {
        return sequences[(int) (answered + ahead) & mask];
    }

    int unansweredCrc(final int ahead) {
        return payloadCrcs[(int) (answered + ahead) & mask];
    }

    long unansweredRound(final int ahead) {
        return rounds[(int) (answered + ahead) & mask];
    }

    /** Sequence of the oldest write. @return valid while {@link #hasAnswer()} */
    public long sequence() {
        return sequences[(int) head & mask];
    }

    /** What became of the oldest write. @return valid while {@link #hasAnswer()} */
    public WriteOutcome outcome() {
        return outcomes[(int) head & mask];
    }

    /** Verdict on the oldest write. @return valid while {@link #hasAnswer()} */
    public Verdict verdict() {
        return verdicts[(int) head & mask];
    }

    /** Generation of the oldest write's record. @return where it was accepted and the gateway said it, else 0 */
    public long generation() {
        return outcome() == WriteOutcome.ACCEPTED ? firsts[(int) head & mask] : 0;
    }

    /** Position of the oldest write's record. @return where it was accepted and the gateway said it, else 0 */
    public long position() {
        return outcome() == WriteOutcome.ACCEPTED ? seconds[(int) head & mask] : 0;
    }

    /** Token that fences the oldest write. @return 0 where none does */
    public long fenceToken() {
        return outcome() == WriteOutcome.ACCEPTED ? 0 : firsts[(int) head & mask];
    }

    /** Sequence that the gateway waits for instead of the oldest write's. @return 0 where it did not say */
    public long sequenceExpected() {
        return outcome() == WriteOutcome.ACCEPTED ? 0 : seconds[(int) head & mask];
    }

    /** The oldest write was told: forgets it. */
    public void remove() {
        if (!hasAnswer()) {
            throw new IllegalStateException("the oldest write has no answer: size=" + size());
        }
        head++;
    }
}
