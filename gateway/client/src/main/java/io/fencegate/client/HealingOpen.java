package io.fencegate.client;

import io.fencegate.client.error.FencedException;
import io.fencegate.client.error.FencegateException;
import io.fencegate.core.grant.Grant;

/**
 * Opens a resource, and heals its lease where the gateway refuses the grant because of one from another life of the
 * sequencer. Each heal leads above the fence that was met, so that only grants which somebody opens meanwhile can lead to
 * another one; the number of heals is limited all the same.
 *
 * <p>The client's thread.
 */
final class HealingOpen {
    /** Heals within one call. */
    static final int HEALS_MAX = 3;

    private HealingOpen() {}

    static FencedWriter open(final FencegateClient client, final Grant grant) {
        Grant current = grant;
        for (int heals = 0; heals < HEALS_MAX; heals++) {
            try {
                return client.open(current);
            } catch (final FencedException fenced) {
                current = heal(client, current, fenced);
            }
        }
        return client.open(current);
    }

    private static Grant heal(final FencegateClient client, final Grant grant, final FencedException fenced) {
        if (fenced.fenceToken() == 0) {
            throw fenced;
        }
        try {
            return client.healer().heal(grant, fenced).grant();
        } catch (final FencegateException unhealed) {
            fenced.addSuppressed(unhealed);
            throw fenced;
        }
    }
}
