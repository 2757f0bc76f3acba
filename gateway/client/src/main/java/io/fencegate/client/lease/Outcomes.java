package io.fencegate.client.lease;

import io.fencegate.client.error.DeniedException;
import io.fencegate.client.error.LeaseLostException;
import io.fencegate.client.error.LeaseRefusedException;
import io.fencegate.client.error.WaitCancelledException;
import io.fencegate.client.error.WaitTimedOutException;
import io.fencegate.client.session.lease.LeaseAnswer;
import io.fencegate.client.session.lease.LeaseLoss;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.ResourceName;

/**
 * Turns the sequencer's refusals into exceptions.
 *
 * <p>Stateless; any thread.
 */
final class Outcomes {
    private Outcomes() {}

    /** What to throw for a refusal of a command about a lease. */
    static LeaseRefusedException refusal(final String resource, final long token, final LeaseAnswer answer) {
        return switch (answer.verdict()) {
            case DENIED -> new DeniedException(resource, answer.token(), answer.holder(), answer.remainingMs());
            case WAIT_TIMED_OUT -> new WaitTimedOutException(resource, answer.token());
            case WAIT_CANCELLED -> new WaitCancelledException(resource);
            case LEASE_LOST ->
                new LeaseLostException(new LeaseLoss(resource, token, answer.end(), answer.token(), answer.holder()));
            default -> new LeaseRefusedException(answer.verdict(), resource, answer.token());
        };
    }

    /** Throws unless a command by a grant's holder was answered as it should be. */
    static void check(final Grant grant, final LeaseAnswer answer, final LeaseVerdict expected) {
        if (answer.verdict() != expected) {
            throw refusal(grant.resource(), grant.token(), answer);
        }
    }

    static void checkName(final String name) {
        if (!ResourceName.isValid(name)) {
            throw new LeaseRefusedException(LeaseVerdict.BAD_NAME, String.valueOf(name), 0);
        }
    }

    static void checkPrefix(final String prefix) {
        if (!prefix.isEmpty()) {
            checkName(prefix);
        }
    }
}
