package io.fencegate.storage.flow;

import io.fencegate.core.fence.FenceTable;
import io.fencegate.core.grant.Sealer;

/**
 * What the law decides with, once recovery is done. Frozen.
 *
 * @param fences rebuilt from the journal
 * @param sealer that verifies opens
 * @param recorder that remembers what was decided
 * @param synced how far that is on disk
 * @param isDurableOnceSynced whether a record must be on disk before an answer tells of it
 */
public record LawParts(
        FenceTable fences, Sealer sealer, Recorder recorder, SyncProgress synced, boolean isDurableOnceSynced) {}
