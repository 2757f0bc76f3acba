package io.fencegate.journal;

import io.fencegate.journal.disk.FreeSpace;
import io.fencegate.journal.fencelog.FenceLog;
import io.fencegate.journal.queue.MonotoneTime;
import io.fencegate.journal.queue.QueueSync;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/**
 * What one generation is written with. Immutable.
 *
 * @param queue of this generation
 * @param time that rolls the queue
 * @param sync of the queue's files
 * @param space that is left
 * @param fenceLog beside the queue
 */
record JournalParts(
        SingleChronicleQueue queue, MonotoneTime time, QueueSync sync, FreeSpace space, FenceLog fenceLog) {}
