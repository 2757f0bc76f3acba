package io.fencegate.verification.simulator.world;

/**
 * How bad the network is, in one simulation. Frozen.
 *
 * @param isDatagram whether messages of one connection may be lost, doubled and reordered, or keep their order
 * @param delayMinNs least delay
 * @param delayMaxNs greatest delay of a message that is not held up
 * @param lossPercent of datagrams that are lost
 * @param duplicatePercent of datagrams that arrive twice
 * @param strayPercent of datagrams that are held up
 * @param strayMaxNs how long at most
 * @param limpFactor how many times slower a limping way is
 */
public record NetworkSettings(
        boolean isDatagram,
        long delayMinNs,
        long delayMaxNs,
        int lossPercent,
        int duplicatePercent,
        int strayPercent,
        long strayMaxNs,
        int limpFactor) {}
