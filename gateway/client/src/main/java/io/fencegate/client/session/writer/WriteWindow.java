package io.fencegate.client.session.writer;

import io.fencegate.core.grant.Verdict;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * The writes of one writer that were offered and not yet told to its owner, in the order of their offers:
 *
 * <pre>
 *        head              settled             sent               tail
 *   ------+-------------------+-----------------+------------------+------
 *         |  settled, to be   |  in flight: may |  surely not at   | next
 *         |  told the owner   |  be accepted    |  the gateway     |
 *   ------+-------------------+-----------------+------------------+------
 *                             |     their payloads are kept        |
 * </pre>
 *
 * Does not allocate after construction. One thread.
 */
public final class WriteWindow {
    private final int mask;
    private final PayloadRing payloads;
    private final long[] sequences;
    private final int[] payloadCrcs;
    private final long[] positions;
    private final int[] lengths;
    private final WriteOutcome[] outcomes;
    private final Verdict[] verdicts;
    private final long[] firsts;
    private final long[] seconds;
    private final long[] thirds;
    private long head;
    private long settled;
    private long sent;
    private long tail;
    private long ghostFirst;
    private long ghostEnd;

    /**
     * An empty window.
     *
     * @param writesMax that it shall hold, positive; rounded up to a power of two
     * @param retransmitLength bytes for the payloads of writes that are not settled; rounded up to a power of two
     */
    public WriteWindow(final int writesMax, final int retransmitLength) {
        final int capacity = BitUtil.findNextPositivePowerOfTwo(writesMax);
        mask = capacity - 1;
        payloads = new PayloadRing(retransmitLength);
        sequences = new long[capacity];
        payloadCrcs = new int[capacity];
        positions = new long[capacity];
        lengths = new int[capacity];
        outcomes = new WriteOutcome[capacity];
        verdicts = new Verdict[capacity];
        firsts = new long[capacity];
        seconds = new long[capacity];
        thirds = new long[capacity];
    }

    /** Writes in the window. @return offered and not told */
    public int size() {
        return (int) (tail - head);
    }

    /** Writes of which it is not known what became of them. @return count */
    public int unsettled() {
        return (int) (tail - settled);
    }

    /** Writes that were sent and may be at the gateway. @return count */
    public int inFlight() {
        return (int) (sent - settled);
    }

    /** Writes that are surely not at the gateway and wait to be sent. @return count */
    public int unsent() {
        return (int) (tail - sent);
    }

    /** Whether no write fits any more. @return true if full */
    public boolean isFull() {
        return tail - head > mask;
    }

    /** Whether it is known what became of the oldest write. @return true if there is something to tell */
    public boolean hasAnswer() {
        return head < settled;
    }

    /** Takes a write in; false if its payload does not fit. */
    boolean add(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        if (isFull()) {
            throw new IllegalStateException("window is full: size=" + size());
        }
        if (settled == tail) {
            payloads.clear();
        }
        final long position = payloads.add(buffer, offset, length);
        if (position < 0) {
            return false;
        }
        final int index = (int) tail & mask;
        sequences[index] = sequence;
        positions[index] = position;
        lengths[index] = length;
        tail++;
        return true;
    }

    /** The newest write's checksum. */
    void crcOfNewest(final int payloadCrc) {
        payloadCrcs[(int) (tail - 1) & mask] = payloadCrc;
    }

    /** Place of the newest write's payload. */
    int placeOfNewest() {
        return payloads.place(positions[(int) (tail - 1) & mask]);
    }

    /** The oldest write that waits to be sent was sent. */
    void onSent() {
        sent++;
    }

    /** What is in flight is surely not at the gateway and will not be: it waits to be sent again. */
    void rewind() {
        sent = settled;
    }

    /** It is known what became of the oldest write without an outcome. */
    void settle(
            final WriteOutcome outcome, final Verdict verdict, final long first, final long second, final long third) {
        final int index = (int) settled & mask;
        outcomes[index] = outcome;
        verdicts[index] = verdict;
        firsts[index] = first;
        seconds[index] = second;
        thirds[index] = third;
        payloads.release(positions[index] + lengths[index]);
        settled++;
        if (sent < settled) {
            sent = settled;
        }
    }

    /** The newest write, which was never sent, was never offered. */
    void withdrawNewest() {
        tail--;
    }

    /** What is in flight will be told before it is known what became of it: keeps what a later open must be held to. */
    void keepGhosts() {
        if (ghostFirst == ghostEnd) {
            ghostFirst = settled;
            ghostEnd = sent;
        }
    }

    void dropGhosts() {
        ghostFirst = ghostEnd;
    }

    boolean hasGhosts() {
        return ghostFirst < ghostEnd;
    }

    /** Writes that may be at the gateway, told or not. */
    int doubtful() {
        return hasGhosts() ? (int) (ghostEnd - ghostFirst) : inFlight();
    }

    long doubtfulSequence(final int ahead) {
        return sequences[doubtfulIndex(ahead)];
    }

    int doubtfulCrc(final int ahead) {
        return payloadCrcs[doubtfulIndex(ahead)];
    }

    private int doubtfulIndex(final int ahead) {
        return (int) ((hasGhosts() ? ghostFirst : settled) + ahead) & mask;
    }

    long unsettledSequence() {
        return sequences[(int) settled & mask];
    }

    int unsettledCrc() {
        return payloadCrcs[(int) settled & mask];
    }

    long unsentSequence() {
        return sequences[(int) sent & mask];
    }

    int unsentCrc() {
        return payloadCrcs[(int) sent & mask];
    }

    int unsentPlace() {
        return payloads.place(positions[(int) sent & mask]);
    }

    int unsentLength() {
        return lengths[(int) sent & mask];
    }

    DirectBuffer payloads() {
        return payloads.buffer();
    }

    /** Bytes that are kept for payloads. @return in bytes */
    public int payloadsLength() {
        return payloads.capacity();
    }

    /** Sequence of the oldest write. @return valid while {@link #hasAnswer()} */
    public long sequence() {
        return sequences[(int) head & mask];
    }

    /** What became of the oldest write. @return valid while {@link #hasAnswer()} */
    public WriteOutcome outcome() {
        return outcomes[(int) head & mask];
    }

    /** Verdict on the oldest write. @return valid while {@link #hasAnswer()}; null where no answer decided */
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

    /** Client of the grant that fences the oldest write. @return 0 where none does */
    public long fenceClientId() {
        return outcome() == WriteOutcome.ACCEPTED ? 0 : seconds[(int) head & mask];
    }

    /** Sequence that the gateway waits for instead of the oldest write's. @return 0 where it did not say */
    public long sequenceExpected() {
        return outcome() == WriteOutcome.ACCEPTED ? 0 : thirds[(int) head & mask];
    }

    /** The oldest write was told: forgets it. */
    public void remove() {
        if (!hasAnswer()) {
            throw new IllegalStateException("the oldest write has no answer: size=" + size());
        }
        head++;
    }
}
