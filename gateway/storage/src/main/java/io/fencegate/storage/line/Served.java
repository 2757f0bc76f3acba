package io.fencegate.storage.line;

import io.fencegate.core.fence.FenceTable;
import io.fencegate.core.grant.Sealer;
import io.fencegate.journal.Journal;
import io.fencegate.storage.durability.AppendedPosition;
import io.fencegate.storage.durability.Durability;

/**
 * What recovery hands to the line: from then on it is the line's.
 *
 * @param fences rebuilt from the journal
 * @param sealer that verifies opens
 * @param journal open for appends
 * @param durability at which answers may leave
 * @param appended tells the sync agent how far the line has come
 * @param payloadLengthMax longest payload that is accepted, in bytes
 */
public record Served(
        FenceTable fences,
        Sealer sealer,
        Journal journal,
        Durability durability,
        AppendedPosition appended,
        int payloadLengthMax) {}
