package io.fencegate.storage.session;

import io.fencegate.core.fence.FenceTable;
import io.fencegate.core.grant.ResourceName;
import io.fencegate.core.grant.Sealer;
import org.agrona.concurrent.UnsafeBuffer;

/** Tells a refused caller which grant fences it, and proves that this grant was opened. The line's thread. */
public final class FenceProof {
    private final FenceTable fences;
    private final Sealer sealer;
    private final UnsafeBuffer name = new UnsafeBuffer(new byte[ResourceName.LENGTH_MAX]);

    /**
     * Proves with the newest live key.
     *
     * @param fences that remember the grants
     * @param sealer that makes the proofs
     */
    public FenceProof(final FenceTable fences, final Sealer sealer) {
        this.fences = fences;
        this.sealer = sealer;
    }

    /**
     * Adds the fence of a resource to the refusal of an open.
     *
     * @param handle of the resource
     * @param refusal that is completed
     */
    public void tell(final int handle, final Answer refusal) {
        final long token = fences.token(handle);
        final long clientId = fences.clientId(handle);
        final int length = fences.copyName(handle, name, 0);
        refusal.fencedBy(token, clientId, sealer.proof(token, clientId, name, 0, length));
    }
}
