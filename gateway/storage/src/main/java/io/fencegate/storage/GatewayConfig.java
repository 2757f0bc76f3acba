package io.fencegate.storage;

import io.fencegate.core.grant.SealKey;
import io.fencegate.journal.JournalConfig;
import io.fencegate.storage.admission.Endpoints;
import io.fencegate.storage.durability.Durability;
import io.fencegate.storage.session.SessionLimits;
import java.util.List;

/**
 * Everything that a gateway is told. Frozen; opens nothing.
 *
 * @param aeronDirectory of the media driver, which runs already
 * @param endpoints where clients reach the gateway
 * @param journal where and how it remembers
 * @param durability that an accepted write has when it is answered
 * @param fences what the fence table has room for
 * @param sessions what clients may take
 * @param threading how its threads wait
 * @param keys that verify seals: none, one, or the newest and the one before
 */
public record GatewayConfig(
        String aeronDirectory,
        Endpoints endpoints,
        JournalConfig journal,
        Durability durability,
        FenceLimits fences,
        SessionLimits sessions,
        Threading threading,
        List<SealKey> keys) {
    /** Checks that nothing is missing. */
    public GatewayConfig {
        keys = List.copyOf(keys);
        if (keys.size() > 2) {
            throw new IllegalArgumentException("more than two live keys: keys=" + keys.size());
        }
        if (aeronDirectory == null || aeronDirectory.isBlank()) {
            throw new IllegalArgumentException("aeronDirectory is missing");
        }
        if (endpoints == null
                || journal == null
                || durability == null
                || fences == null
                || sessions == null
                || threading == null) {
            throw new IllegalArgumentException("a part of the gateway's configuration is missing");
        }
    }

    /**
     * Everything at its default: IPC only, {@code process} durability, shared threads, no key.
     *
     * @param aeronDirectory of the media driver
     * @param journal where and how it remembers
     * @return the configuration
     */
    public static GatewayConfig of(final String aeronDirectory, final JournalConfig journal) {
        return new GatewayConfig(
                aeronDirectory,
                Endpoints.ipc(),
                journal,
                Durability.PROCESS,
                FenceLimits.DEFAULT,
                SessionLimits.DEFAULT,
                Threading.SHARED,
                List.of());
    }
}
