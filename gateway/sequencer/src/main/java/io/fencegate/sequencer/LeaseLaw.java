package io.fencegate.sequencer;

import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.Sealer;
import io.fencegate.core.lease.command.LeaseLimits;
import java.util.List;

/**
 * What decides answers: it must be the same on every node.
 *
 * <p>Immutable; any thread.
 *
 * @param limits of the lease table
 * @param sealKeys live keys, the newest first, at most two; none: grants bear no seals
 */
public record LeaseLaw(LeaseLimits limits, List<SealKey> sealKeys) {
    private static final int LIVE_KEYS_MAX = 2;

    /** Checks and freezes the keys. */
    public LeaseLaw {
        sealKeys = List.copyOf(sealKeys);
        if (sealKeys.size() > LIVE_KEYS_MAX) {
            throw new IllegalArgumentException("sealKeys=" + sealKeys.size() + " must be at most " + LIVE_KEYS_MAX);
        }
    }

    /** Seals with the newest key. @return a new sealer, for one thread */
    Sealer sealer() {
        return switch (sealKeys.size()) {
            case 0 -> Sealer.none();
            case 1 -> Sealer.of(sealKeys.get(0));
            default -> Sealer.of(sealKeys.get(0), sealKeys.get(1));
        };
    }
}
