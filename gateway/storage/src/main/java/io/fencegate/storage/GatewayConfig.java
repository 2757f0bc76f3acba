package io.fencegate.storage;

import io.fencegate.core.grant.SealKey;
import io.fencegate.journal.JournalConfig;
import io.fencegate.storage.admission.Endpoints;
import io.fencegate.storage.durability.Durability;
import io.fencegate.storage.session.SessionLimits;

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
 * @param keys that verify seals, all of them, looked for once a second where there is one; the first one proves. None: the
 *     gateway trusts its clients
 */
public record GatewayConfig(
        String aeronDirectory,
        Endpoints endpoints,
        JournalConfig journal,
        Durability durability,
        FenceLimits fences,
        SessionLimits sessions,
        Threading threading,
        SealKey.Source keys) {
    /** Checks that nothing is missing. */
    public GatewayConfig {
        if (aeronDirectory == null || aeronDirectory.isBlank()) {
            throw new IllegalArgumentException("aeronDirectory is missing");
        }
        if (endpoints == null
                || journal == null
                || durability == null
                || fences == null
                || sessions == null
                || threading == null
                || keys == null) {
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
                SealKey.Source.of());
    }
}
