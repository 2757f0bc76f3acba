package io.fencegate.core.lease;

import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.lease.command.CommandKind;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.order.Chain;
import io.fencegate.core.lease.order.ExpiryQueue;
import io.fencegate.core.lease.order.Name;
import io.fencegate.core.lease.order.NameOrder;

/**
 * A command that is remembered with its latest answer. While that is QUEUED it is a wait: it stands in the queue of a
 * lease, and its deadline is the end of the wait. With any other answer it stands among the answers of its client.
 * When it is forgotten it becomes another request: {@link AnswerCache} keeps what it can use again.
 *
 * <p>One thread.
 */
final class Request extends Chain.Link<Request> implements ExpiryQueue.Entry {
    private Client client;
    private CommandKind kind;
    private Name name;
    private long id;
    private long token;
    private long ttlMs;
    private long waitMs;
    private long waitRequestId;
    private long provenClientId;
    private long proof;

    private LeaseVerdict verdict;
    private long answerToken;
    private long answerHolder;
    private long answerTtlMs;
    private long deadlineMs;
    private LeaseEnd end;

    private Lease lease;
    private long order;
    private int slot;

    /** It is this request from now on, and has no answer yet. */
    Request of(final Client client, final CommandKind kind, final LeaseCommand command, final Name name) {
        name.hold();
        if (this.name != null) { // Of the request that it was before.
            this.name.letGo();
        }
        this.client = client;
        this.kind = kind;
        this.name = name;
        id = command.requestId();
        token = command.token();
        ttlMs = command.ttlMs();
        waitMs = command.waitMs();
        waitRequestId = command.waitRequestId();
        provenClientId = command.provenClientId();
        proof = command.proof();
        return answer(null);
    }

    boolean isSame(final CommandKind kind, final LeaseCommand command) {
        return kind == this.kind && (isUnheard() || hasTerms(command)) && NameOrder.isSame(name, command);
    }

    /** An acquire that was cancelled before it came: whatever its terms will be, no acquire has a TTL of 0. */
    private boolean isUnheard() {
        return kind == CommandKind.ACQUIRE && ttlMs == 0;
    }

    private boolean hasTerms(final LeaseCommand command) {
        return command.token() == token
                && command.ttlMs() == ttlMs
                && command.waitMs() == waitMs
                && command.waitRequestId() == waitRequestId
                && command.provenClientId() == provenClientId
                && command.proof() == proof;
    }

    /** Its last answer: what was decided. */
    Request answer(final LeaseVerdict verdict) {
        this.verdict = verdict;
        deadlineMs = 0;
        answerToken = 0;
        answerHolder = 0;
        answerTtlMs = 0;
        end = LeaseEnd.UNKNOWN;
        lease = null;
        return this;
    }

    /** Its last answer, continued: of which lease it tells. */
    Request of(final long holder, final long token) {
        answerHolder = holder;
        answerToken = token;
        return this;
    }

    /** Its last answer, continued: how long that lease lasts. */
    Request until(final long ttlMs, final long deadlineMs) {
        answerTtlMs = ttlMs;
        this.deadlineMs = deadlineMs;
        return this;
    }

    /** Its last answer, continued: where the floor is. It stands where other answers tell a token. */
    Request floor(final long termOffset) {
        answerToken = termOffset;
        return this;
    }

    /** Its last answer, continued: how the lease of the command ended. */
    Request lostBy(final LeaseEnd end) {
        this.end = end;
        return this;
    }

    /** For now, it waits. */
    void waitFor(final Lease lease, final long deadlineMs, final long order) {
        verdict = LeaseVerdict.QUEUED;
        this.lease = lease;
        this.deadlineMs = deadlineMs;
        this.order = order;
    }

    /** Says its content and its latest answer. */
    void describe(final LeaseCommand command) {
        command.from(client.id(), id)
                .terms(token, ttlMs, waitMs)
                .waitRequestId(waitRequestId)
                .proven(provenClientId, proof)
                .name(name, 0, name.capacity());
    }

    Client client() {
        return client;
    }

    long id() {
        return id;
    }

    CommandKind kind() {
        return kind;
    }

    Name name() {
        return name;
    }

    long token() {
        return token;
    }

    long waitRequestId() {
        return waitRequestId;
    }

    long ttlMs() {
        return ttlMs;
    }

    long waitMs() {
        return waitMs;
    }

    boolean isQueued() {
        return verdict == LeaseVerdict.QUEUED;
    }

    LeaseVerdict verdict() {
        return verdict;
    }

    long answerToken() {
        return answerToken;
    }

    long answerHolder() {
        return answerHolder;
    }

    LeaseEnd end() {
        return end;
    }

    long answerTtlMs() {
        return answerTtlMs;
    }

    Lease lease() {
        return lease;
    }

    @Override
    public long deadlineMs() {
        return deadlineMs;
    }

    @Override
    public long order() {
        return order;
    }

    @Override
    public int slot() {
        return slot;
    }

    @Override
    public void slot(final int slot) {
        this.slot = slot;
    }
}
