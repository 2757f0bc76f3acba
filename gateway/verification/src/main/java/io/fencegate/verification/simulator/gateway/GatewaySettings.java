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
 * @param key that verifies seals; null for none
 * @param requestsPerTurn read of one client at most
 * @param recoveryNs how long a start takes at most
 * @param blockedPercent of answers that the way to a client does not take at once
 */
public record GatewaySettings(
        int resourcesMax,
        int payloadLengthMax,
        SessionLimits sessions,
        DiskSettings disk,
        SealKey key,
        int requestsPerTurn,
        long recoveryNs,
        int blockedPercent) {}
