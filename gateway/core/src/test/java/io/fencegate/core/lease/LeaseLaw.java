package io.fencegate.core.lease;

import io.fencegate.core.access.AccessTable;
import io.fencegate.core.access.Principal;
import io.fencegate.core.lease.command.CommandKind;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeasePage;
import io.fencegate.core.lease.command.LeaseVisitor;
import io.fencegate.core.lease.order.TokenSequence;

/** What the lease table and its twin have in common, so that the same stories can be told to both. */
interface LeaseLaw {
    void acquire(LeaseCommand command, long logTimeMs);

    void renew(LeaseCommand command, long logTimeMs);

    void release(LeaseCommand command, long logTimeMs);

    void cancelWait(LeaseCommand command, long logTimeMs);

    void revoke(LeaseCommand command, long logTimeMs);

    /** In tests the proof 1 is a gateway's; every other one is none. */
    void raiseFloor(CommandKind kind, LeaseCommand command, long logTimeMs);

    void describe(LeaseCommand command, long logTimeMs);

    void watch(LeaseCommand command, long sessionId);

    void unwatch(LeaseCommand command);

    void endSession(long sessionId);

    long sweep(long logTimeMs, int workMax);

    boolean list(LeasePage page, long logTimeMs, LeaseVisitor visitor);

    /** Rules of who may do what: also changed by hand. */
    AccessTable access();

    boolean isOwner(Principal principal, long clientId);

    /** Tokens of the law: also moved by hand, to the end of a term. */
    TokenSequence tokens();

    /** Counts that both must agree on. */
    String counts();

    /** Goes on with a copy made of a snapshot, if it can take one. */
    LeaseLaw snapshotAndRestore();
}
