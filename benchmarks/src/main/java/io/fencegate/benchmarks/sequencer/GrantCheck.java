package io.fencegate.benchmarks.sequencer;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.client.lease.Lease;

/** What must hold of the answers that concern one resource. One thread. */
final class GrantCheck {
    private final String resource;
    private final long ttlMs;
    private long tokenHighest;

    GrantCheck(final String resource, final long ttlMs) {
        this.resource = resource;
        this.ttlMs = ttlMs;
    }

    /** A new grant: of this resource, to that client, sealed, with a token above every one before. */
    Lease granted(final Lease lease, final long clientId) {
        if (!resource.equals(lease.resource())
                || lease.grant().clientId() != clientId
                || lease.grant().seal() == 0
                || lease.token() <= tokenHighest) {
            throw wrong("granted", lease);
        }
        tokenHighest = lease.token();
        return checkRemaining("granted", lease);
    }

    /** The same grant with new time. */
    Lease renewed(final Lease lease, final Lease held) {
        if (!resource.equals(lease.resource())
                || lease.grant().clientId() != held.grant().clientId()
                || lease.grant().seal() == 0
                || lease.token() != held.token()
                || lease.token() != tokenHighest) {
            throw wrong("renewed", lease);
        }
        return checkRemaining("renewed", lease);
    }

    private Lease checkRemaining(final String what, final Lease lease) {
        if (lease.remainingMs() <= 0 || lease.remainingMs() > ttlMs) {
            throw wrong(what, lease);
        }
        return lease;
    }

    private WrongAnswerException wrong(final String what, final Lease lease) {
        return new WrongAnswerException("sequencer " + what + " resource=" + lease.resource() + " asked=" + resource
                + " token=" + lease.token() + " tokenHighest=" + tokenHighest + " clientId="
                + lease.grant().clientId() + " remainingMs=" + lease.remainingMs());
    }
}
