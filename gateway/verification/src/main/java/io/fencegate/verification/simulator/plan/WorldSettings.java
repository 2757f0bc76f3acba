package io.fencegate.verification.simulator.plan;

import io.fencegate.client.session.CallTimes;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.storage.durability.Durability;
import io.fencegate.storage.session.SessionLimits;
import io.fencegate.verification.history.HistoryHeader;
import io.fencegate.verification.history.Transport;
import io.fencegate.verification.simulator.disk.DiskSettings;
import io.fencegate.verification.simulator.gateway.GatewaySettings;
import io.fencegate.verification.simulator.sequencer.ClusterSettings;
import io.fencegate.verification.simulator.world.Chance;
import io.fencegate.verification.simulator.world.NetworkSettings;

/**
 * How one world is set up. Immutable.
 *
 * @param clients processes that link the client library
 * @param resources that they fight for
 * @param ttlMs of the leases
 * @param zombiePercent of clients that go on when their lease is lost
 * @param network of the world
 * @param cluster the sequencer
 * @param gateway the gateway
 * @param times of the clients' calls
 */
public record WorldSettings(
        int clients,
        int resources,
        long ttlMs,
        int zombiePercent,
        NetworkSettings network,
        ClusterSettings cluster,
        GatewaySettings gateway,
        CallTimes times) {
    private static final long MILLI_NS = 1_000_000L;
    private static final String KEY = "000102030405060708090a0b0c0d0e0f";

    static WorldSettings draw(final Chance chance) {
        final SealKey.Source keys = chance.once(75) ? SealKey.Source.of(SealKey.parse(KEY)) : SealKey.Source.of();
        return new WorldSettings(
                (int) chance.between(2, 4),
                (int) chance.between(1, 3),
                chance.between(300, 3000),
                chance.once(50) ? 100 : 0,
                network(chance),
                cluster(chance, keys),
                gateway(chance, keys),
                new CallTimes(
                        chance.between(2000, 6000) * MILLI_NS,
                        chance.between(150, 1500) * MILLI_NS,
                        chance.between(20, 200) * MILLI_NS,
                        chance.between(300, 2000) * MILLI_NS));
    }

    private static NetworkSettings network(final Chance chance) {
        final boolean isDatagram = chance.once(35);
        final long delayMinNs = chance.between(5_000, MILLI_NS);
        return new NetworkSettings(
                isDatagram,
                delayMinNs,
                delayMinNs + chance.between(10_000, 10 * MILLI_NS),
                chance.below(15),
                chance.below(20),
                chance.below(20),
                chance.between(10, 5000) * MILLI_NS,
                (int) chance.between(10, 200));
    }

    private static ClusterSettings cluster(final Chance chance, final SealKey.Source keys) {
        final boolean isTight = chance.once(20);
        final LeaseLimits limits = isTight
                ? new LeaseLimits(2, 2, 3, 5, 2, 2, 3, 2000)
                : new LeaseLimits(100, 10, 50, 40, 5, 5, 16, 60_000);
        return new ClusterSettings(
                chance.once(30) ? 1 : 3,
                limits,
                keys,
                chance.between(20, 200),
                chance.between(300, 2000) * MILLI_NS,
                chance.between(2000, 10_000) * MILLI_NS,
                chance.once(30) ? chance.below(20) : 0);
    }

    private static GatewaySettings gateway(final Chance chance, final SealKey.Source keys) {
        final long syncMinNs = chance.between(20_000, 2 * MILLI_NS);
        final DiskSettings disk = new DiskSettings(
                chance.once(50),
                syncMinNs,
                syncMinNs + chance.between(0, 60) * MILLI_NS,
                chance.once(15) ? chance.between(5, 60) : Long.MAX_VALUE / 4);
        return new GatewaySettings(
                chance.once(10) ? 1 : 16,
                1024,
                new SessionLimits(
                        chance.once(10) ? 3 : 64,
                        (int) chance.between(2, 64),
                        chance.between(3000, 10_000) * MILLI_NS,
                        chance.between(500, 5000) * MILLI_NS,
                        8),
                disk,
                keys,
                (int) chance.between(1, 16),
                chance.between(1, 2000) * MILLI_NS,
                chance.once(20) ? chance.below(30) : 0);
    }

    /** Names of the resources. @param index of one @return its name */
    public String resource(final int index) {
        return "orders/" + (char) ('a' + Math.floorMod(index, resources));
    }

    /**
     * What checkers must know of the world.
     *
     * @param isReplayed whether a stranger repeats what it overheard
     * @return the header of its history
     */
    public HistoryHeader header(final boolean isReplayed) {
        return new HistoryHeader(
                gateway.disk().isSyncedFirst() ? Durability.DISK : Durability.PROCESS,
                gateway.isSealed(),
                network.isDatagram() || isReplayed ? Transport.DATAGRAM : Transport.STREAM);
    }
}
