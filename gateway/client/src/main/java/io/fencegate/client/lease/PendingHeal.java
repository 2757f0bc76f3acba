package io.fencegate.client.lease;

import io.fencegate.client.error.FencegateException;
import io.fencegate.client.error.LeaseLostException;
import io.fencegate.client.session.heal.HealSession;
import io.fencegate.client.session.heal.HealState;
import io.fencegate.client.session.lease.LeaseCommand;

/**
 * A heal under way, which survives a lost connection, a new leader, and a restart of the sequencer.
 *
 * <p>The client's thread.
 */
public final class PendingHeal implements LeaseTask {
    private final LeaseEngine engine;
    private final HealSession session;
    private FencegateException unreachable;

    PendingHeal(final LeaseEngine engine, final HealSession session) {
        this.engine = engine;
        this.session = session;
    }

    @Override
    public int work(final long realNs, final long nowNs) {
        final HealState before = session.state();
        final LeaseCommand next = session.next();
        if (next != null) {
            engine.begin(next, 0);
        }
        if (session.state() == HealState.TIMED_OUT && unreachable == null) {
            unreachable = engine.unreachable(session.command());
        }
        return next == null && session.state() == before ? 0 : 1;
    }

    @Override
    public boolean isOver() {
        return session.isDone();
    }

    /** Whether the outcome is known. @return true from then on */
    public boolean isDone() {
        return session.isDone();
    }

    /**
     * The healed lease, whose token is above the fence that refused the old one: its resource can be opened.
     *
     * @return as granted
     * @throws IllegalStateException if it is not done
     * @throws LeaseLostException if the lease is not this client's any more, and was not acquired
     * @throws io.fencegate.client.error.LeaseRefusedException if the sequencer refuses: with BAD_SEAL it does not believe
     *     the proof, and the old lease stands
     * @throws io.fencegate.client.error.NotReachableException if the sequencer did not answer in time: the old lease may stand or not
     */
    public Lease lease() {
        final LeaseCommand last = session.command();
        return switch (session.state()) {
            case HEALED ->
                new Lease(
                        session.grant(),
                        last.answer().remainingMs(),
                        last.pace().firstSentNs());
            case LOST -> throw new LeaseLostException(session.loss());
            case REFUSED -> throw Outcomes.refusal(resource(), session.refused().token(), last.answer());
            case TIMED_OUT -> throw unreachable;
            default ->
                throw new IllegalStateException("The heal is not done: resource=" + resource() + ". Poll the client.");
        };
    }

    /** Resource whose lease is healed. @return its name */
    public String resource() {
        return session.refused().resource();
    }

    LeaseCommand command() {
        return session.command();
    }
}
