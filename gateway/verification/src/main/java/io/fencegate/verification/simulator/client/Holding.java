package io.fencegate.verification.simulator.client;

import io.fencegate.client.session.heal.HealSession;
import io.fencegate.client.session.lease.AcquireSession;
import io.fencegate.client.session.lease.KeeperSession;
import io.fencegate.client.session.lease.LeaseCommand;
import io.fencegate.client.session.writer.WriterSession;
import io.fencegate.core.grant.Grant;

/** What a client has to do with one resource at the moment. One thread. */
final class Holding {
    final String resource;
    AcquireSession acquire;
    long acquireOp;
    KeeperSession keeper;
    LeaseCommand release;
    long releaseOp;
    LeaseCommand revoke;
    long revokeOp;
    HealSession heal;
    long healOp;
    WriterSession healTried;
    Grant grant;
    WriterSession writer;
    boolean isLost;
    int unwritten;

    Holding(final String resource) {
        this.resource = resource;
    }

    /** The lease may have been renewed: its writer opens with the newest seal. */
    void reseal() {
        if (writer != null) {
            writer.onRenewed(keeper.grant());
        }
    }

    /** Whether it may ask for the lease. */
    boolean isIdle() {
        return acquire == null && release == null && revoke == null && heal == null && (grant == null || isLost);
    }
}
