package io.fencegate.storage.session;

/**
 * The pending answers of one session. They leave strictly in the order of the requests, and each only when what it tells
 * of is durable. Behind the last place is one more, for the refusal that says that the queue is full; when that is taken
 * too, nothing more may be read of the session until an answer has left.
 *
 * <pre>
 *    head                                count      capacity   capacity + 1
 *     |  1st pending |  2nd  |  …  |  reserved  |  …  |  OVERLOADED |
 * </pre>
 *
 * <p>Its places are made at start. The line's thread.
 */
public final class AnswerQueue {
    private final Answer[] places;
    private final int capacity;
    private int head;
    private int count;

    /**
     * Makes every place.
     *
     * @param capacity answers that may be pending, positive
     */
    public AnswerQueue(final int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("no such queue: capacity=" + capacity);
        }
        this.capacity = capacity;
        places = new Answer[capacity + 1];
        for (int i = 0; i < places.length; i++) {
            places[i] = new Answer();
        }
    }

    /** Whether a request can be answered at all. @return false if it must not be read yet */
    public boolean hasRoom() {
        return count <= capacity;
    }

    /** Whether as many answers are pending as may. @return true if the next answer must be OVERLOADED */
    public boolean isFull() {
        return count >= capacity;
    }

    /** Answers that wait. @return count */
    public int size() {
        return count;
    }

    /**
     * The place of the next answer, to be filled before {@link #add()}.
     *
     * @return the place
     * @throws IllegalStateException if there is no room: an impossible state, see {@link #hasRoom()}
     */
    public Answer reserve() {
        if (!hasRoom()) {
            throw new IllegalStateException("no room for an answer: count=" + count + " capacity=" + capacity);
        }
        return places[at(count)];
    }

    /** The reserved place is filled: the answer waits for its turn. */
    public void add() {
        count++;
    }

    /**
     * Lets answers go, the oldest first, until one is not ready or does not get through.
     *
     * @param session whose answers these are
     * @param durablePosition of the journal at the gateway's level
     * @param fenceOffsetSynced of the fence log
     * @param outlet that takes them
     * @return answers that left
     */
    public int release(
            final Session session, final long durablePosition, final long fenceOffsetSynced, final Outlet outlet) {
        int released = 0;
        while (count > 0) {
            final Answer answer = places[head];
            if (!answer.isReady(durablePosition, fenceOffsetSynced)) {
                break;
            }
            if (outlet.onAnswer(session, answer, durablePosition) != Outlet.Result.SENT) {
                break;
            }
            head = head + 1 == places.length ? 0 : head + 1;
            count--;
            released++;
        }
        return released;
    }

    /**
     * Somebody else opens a resource with the same token: pending opens of it come too late.
     *
     * @param handle of the resource
     * @param token of the open
     */
    public void overtakeOpens(final int handle, final long token) {
        for (int i = 0; i < count; i++) {
            final Answer answer = places[at(i)];
            if (answer.kind() == AnswerKind.OPENED && answer.handle() == handle && answer.token() == token) {
                answer.overtake();
            }
        }
    }

    private int at(final int index) {
        final int place = head + index;
        return place < places.length ? place : place - places.length;
    }
}
