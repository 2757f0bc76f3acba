package io.fencegate.client.lease;

import io.fencegate.client.error.FencegateException;
import io.fencegate.client.session.lease.LeaseCommand;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseVerdict;

/**
 * A release under way, which survives a lost connection, a new leader, and a restart of the sequencer.
 *
 * <p>The client's thread.
 */
public final class PendingRelease implements LeaseTask {
    private final LeaseEngine engine;
    private final Grant grant;
    private final LeaseCommand release;
    private FencegateException unreachable;

    PendingRelease(final LeaseEngine engine, final Grant grant, final LeaseCommand release) {
        this.engine = engine;
        this.grant = grant;
        this.release = release;
    }

    @Override
    public int work(final long realNs, final long nowNs) {
        if (release.isTimedOut() && unreachable == null) {
            unreachable = engine.unreachable(release);
        }
        return 0;
    }

    @Override
    public boolean isOver() {
        return release.isDone();
    }

    /** Whether the outcome is known. @return true from then on */
    public boolean isDone() {
        return release.isDone();
    }

    /**
     * Throws what went wrong.
     *
     * @throws IllegalStateException if it is not done
     * @throws io.fencegate.client.error.LeaseLostException if the lease had ended before
     * @throws io.fencegate.client.error.LeaseRefusedException if the sequencer refuses for another reason
     * @throws io.fencegate.client.error.LoginRefusedException if the sequencer does not let this client in
     * @throws io.fencegate.client.error.NotReachableException if the sequencer did not answer in time
     */
    public void check() {
        if (!isDone()) {
            throw new IllegalStateException(
                    "The release is not done: resource=" + grant.resource() + ". Poll the client.");
        }
        if (release.isTimedOut()) {
            throw unreachable == null ? engine.unreachable(release) : unreachable;
        }
        Outcomes.check(grant, release.answer(), LeaseVerdict.RELEASED);
    }
}
