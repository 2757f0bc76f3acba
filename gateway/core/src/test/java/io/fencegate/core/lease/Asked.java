package io.fencegate.core.lease;

import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;

/** A request and its last answer, for the twin of the lease table. */
final class Asked {
    Caller caller;
    String content;
    String name;
    long id;
    long order;
    long ttlMs;
    long waitMs;
    LeaseVerdict verdict;
    long about;
    long aboutRequest;
    long fresh;
    long holder;
    LeaseEnd end;
    long token;
    long answeredTtlMs;
    long deadlineMs;
}
