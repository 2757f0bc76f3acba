package io.fencegate.verification.simulator.disk;

/**
 * How the gateway's disk behaves. Frozen.
 *
 * @param isSyncedFirst whether records are synced before they are acknowledged: level disk
 * @param syncMinNs shortest sync
 * @param syncMaxNs longest sync
 * @param recordsMax records for which there is room; beyond, only fences are taken
 */
public record DiskSettings(boolean isSyncedFirst, long syncMinNs, long syncMaxNs, long recordsMax) {}
