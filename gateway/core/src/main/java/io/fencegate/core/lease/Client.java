package io.fencegate.core.lease;

import io.fencegate.core.access.Principal;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.lease.order.Chain;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * What is remembered of one client: its waits, and its last answers up to a count. As each process counts its requests
 * from a random start, those at or closely below the highest one whose answer was forgotten are known to be late repeats;
 * what is far from it comes from another process of the same holder, and is new. When it is forgotten it becomes another
 * client: {@link AnswerCache} keeps what it can use again.
 *
 * <p>One thread.
 */
final class Client extends Chain.Link<Client> {
    /** More requests than one process ever sends, and so few that two random starts are never that close. */
    private static final long REQUESTS_OF_PROCESS_MAX = 1L << 32;

    private final Long2ObjectHashMap<Request> requests = new Long2ObjectHashMap<>();
    private final Chain<Request> answered = new Chain<>();
    private final EndedLeases ended = new EndedLeases();
    private Principal principal;
    private long id;
    private long forgottenHighest;
    private long idleSinceMs;
    private boolean listedAsBusy;
    private int leases;
    private int waits;

    /** It is this client from now on, without lease and wait. */
    Client of(final long id, final Principal principal, final long forgottenHighest) {
        this.id = id;
        this.principal = principal;
        this.forgottenHighest = forgottenHighest;
        return this;
    }

    /** It is no client any more. Takes the same time however much it asked. */
    void end(final Chain<Request> requestsFree) {
        requests.clear();
        requestsFree.appendAll(answered);
        ended.clear();
    }

    long id() {
        return id;
    }

    Principal principal() {
        return principal;
    }

    Request find(final long requestId) {
        return requests.get(requestId);
    }

    boolean hasForgotten(final long requestId) {
        // A difference, not a comparison: the count starts at random and may run over.
        final long behind = forgottenHighest - requestId;
        return behind >= 0 && behind < REQUESTS_OF_PROCESS_MAX;
    }

    void add(final Request request) {
        requests.put(request.id(), request);
    }

    /**
     * A request of this client has its last answer: remembers it, and forgets the oldest above the count.
     *
     * @return the one that it forgot, or null
     */
    Request answered(final Request request, final int answersMax) {
        answered.append(request);
        if (answered.size() <= answersMax) {
            return null;
        }
        final Request oldest = answered.poll();
        requests.remove(oldest.id());
        if (!hasForgotten(oldest.id())) {
            forgottenHighest = oldest.id();
        }
        return oldest;
    }

    /** Whether a request is one that its process may have sent before another: close below it. */
    static boolean isBehind(final long requestId, final long other) {
        final long behind = other - requestId;
        return behind > 0 && behind < REQUESTS_OF_PROCESS_MAX;
    }

    Request firstAnswered() {
        return answered.first();
    }

    /** The request that was answered last, or null. */
    Request lastAnswered() {
        return answered.last();
    }

    long forgottenHighest() {
        return forgottenHighest;
    }

    void idleSinceMs(final long idleSinceMs) {
        this.idleSinceMs = idleSinceMs;
    }

    long idleSinceMs() {
        return idleSinceMs;
    }

    void listedAsBusy(final boolean listedAsBusy) {
        this.listedAsBusy = listedAsBusy;
    }

    boolean isListedAsBusy() {
        return listedAsBusy;
    }

    boolean isBusy() {
        return leases + waits > 0;
    }

    boolean isWaiting() {
        return waits > 0;
    }

    void leaseBegan() {
        leases++;
    }

    void leaseEnded(final long token, final LeaseEnd end) {
        ended.add(token, end);
        leases--;
    }

    EndedLeases ended() {
        return ended;
    }

    void waitBegan() {
        waits++;
    }

    void waitEnded() {
        waits--;
    }
}
