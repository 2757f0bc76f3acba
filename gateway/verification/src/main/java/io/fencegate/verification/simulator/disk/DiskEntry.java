package io.fencegate.verification.simulator.disk;

/**
 * One entry of the fence log. Immutable.
 *
 * @param generation that begins, 0 in a fence
 * @param handle of the resource
 * @param name of the resource
 * @param token of the fence
 * @param clientId of the grant
 * @param seal of the grant
 * @param syncedOffset that was known when it was written
 */
record DiskEntry(long generation, int handle, String name, long token, long clientId, long seal, long syncedOffset) {}
