package io.fencegate.client.lease;

import io.fencegate.client.error.FencedException;
import io.fencegate.client.error.LeaseRefusedException;
import io.fencegate.client.session.heal.HealSession;
import io.fencegate.client.session.lease.Fence;
import io.fencegate.client.session.lease.LeaseAnswer;
import io.fencegate.client.session.lease.LeaseCommand;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Token;

/**
 * Heals leases that gateways refuse because the sequencer was built anew and has forgotten which tokens it has issued. A
 * gateway's refusal carries the proof that a higher grant was opened; with it the floor of the sequencer's tokens rises
 * above that grant, and the lease is released and acquired again.
 *
 * <p>Only a lease that the sequencer still calls this client's is healed. Any other one is lost: it is told so, and is not
 * acquired, since its holder may be another client by now. A keeper of the old lease hears that it was released: it
 * should be closed before, and the healed lease be kept by a new one.
 *
 * <p>The client's thread.
 */
public final class Healer {
    private final LeaseEngine engine;
    private final long clientId;

    Healer(final LeaseEngine engine, final long clientId) {
        this.engine = engine;
        this.clientId = clientId;
    }

    /**
     * Heals a lease, and waits for it: four commands to the sequencer, each with the time of a call.
     *
     * @param grant of the lease; its holder may be another process than this one
     * @param refusal with which a gateway refused to open that grant's resource
     * @return the lease as it goes on, under a token that is above the fence
     * @throws io.fencegate.client.error.LeaseLostException if the lease is not this client's any more
     * @throws LeaseRefusedException if the sequencer refuses: with BAD_SEAL it does not believe the proof (it has none of
     *     the gateway's keys, or there is no key), and the old lease stands
     * @throws io.fencegate.client.error.NotReachableException if the sequencer did not answer in time
     * @throws IllegalArgumentException if the refusal is none of this grant's open
     */
    public Lease heal(final Grant grant, final FencedException refusal) {
        engine.thread().enterAlone();
        try {
            final PendingHeal pending = begin(grant, refusal);
            engine.await(pending);
            return pending.lease();
        } finally {
            engine.thread().exit(true);
        }
    }

    /**
     * Heals a lease without waiting. What becomes of it is found out by whatever polls this client.
     *
     * @param grant of the lease; its holder may be another process than this one
     * @param refusal with which a gateway refused to open that grant's resource
     * @return the heal under way
     * @throws IllegalArgumentException if the refusal is none of this grant's open
     * @throws IllegalStateException if as many are under way as may
     */
    public PendingHeal offerHeal(final Grant grant, final FencedException refusal) {
        final boolean isOutermost = engine.thread().enter();
        try {
            engine.checkCount(PendingHeal.class, LeaseEngine.HEALS_MAX);
            return begin(grant, refusal);
        } finally {
            engine.thread().exit(isOutermost);
        }
    }

    private PendingHeal begin(final Grant grant, final FencedException refusal) {
        final boolean isOfGrant = refusal.resource().equals(grant.resource()) && refusal.token() == grant.token();
        if (!isOfGrant || refusal.fenceToken() == 0) {
            throw new IllegalArgumentException("not the refusal of this grant's open: resource=" + grant.resource()
                    + " token=" + Token.describe(grant.token()) + " refusal=" + refusal.getMessage());
        }
        final Fence fence = new Fence(refusal.fenceToken(), refusal.fenceClientId(), refusal.proof());
        final PendingHeal pending = new PendingHeal(engine, new HealSession(grant, fence, engine.requestIds()));
        engine.add(pending);
        return pending;
    }

    /**
     * Raises the floor of the sequencer's tokens, if it must, so that every token from now on is above one that gateways
     * have seen: an operator's call, where there is no key and so no proof.
     *
     * @param token a valid token
     * @return where the floor is since then
     * @throws LeaseRefusedException with TOKENS_EXHAUSTED if no term is left above it, MALFORMED if it is no token
     * @throws io.fencegate.client.error.NotReachableException if the sequencer did not answer in time
     */
    public Floor raiseFloor(final long token) {
        if (!Token.isValid(token)) {
            throw new LeaseRefusedException(LeaseVerdict.MALFORMED, "", 0);
        }
        final LeaseCommand raise =
                LeaseCommand.raiseFloor(clientId, engine.requestIds().next(), "", new Fence(token, 0, 0));
        final LeaseAnswer answer = engine.call(raise);
        if (answer.verdict() != LeaseVerdict.FLOOR_RAISED && answer.verdict() != LeaseVerdict.FLOOR_KEPT) {
            throw Outcomes.refusal("", token, answer);
        }
        return new Floor(answer.verdict() == LeaseVerdict.FLOOR_RAISED, answer.termOffset());
    }
}
