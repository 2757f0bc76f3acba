package io.fencegate.verification.simulator.gateway;

import io.fencegate.core.grant.SealKey;
import io.fencegate.storage.session.SessionLimits;
import io.fencegate.verification.simulator.disk.DiskSettings;

/**
 * How the gateway is set up, in one simulation. Frozen.
 *
 * @param resourcesMax of the fence table
 * @param payloadLengthMax longest payload that is accepted
 * @param sessions limits of sessions
 * @param disk of the gateway
 * @param keys that verify seals; none for none
 * @param requestsPerTurn read of one client at most
 * @param recoveryNs how long a start takes at most
 * @param blockedPercent of answers that the way to a client does not take at once
 */
public record GatewaySettings(
        int resourcesMax,
        int payloadLengthMax,
        SessionLimits sessions,
        DiskSettings disk,
        SealKey.Source keys,
        int requestsPerTurn,
        long recoveryNs,
        int blockedPercent) {
    /** Whether seals are verified. @return false without a key */
    public boolean isSealed() {
        return !keys.read().isEmpty();
    }

    /** The same with other keys. @param other source of keys @return a copy */
    public GatewaySettings with(final SealKey.Source other) {
        return new GatewaySettings(
                resourcesMax, payloadLengthMax, sessions, disk, other, requestsPerTurn, recoveryNs, blockedPercent);
    }
}
