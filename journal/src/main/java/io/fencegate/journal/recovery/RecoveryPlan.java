package io.fencegate.journal.recovery;

import java.util.List;

/**
 * What recovery found and what is to be done about it. Immutable.
 *
 * @param position of the last good record, 0 if there is none
 * @param crc of the last good record, 0 if there is none
 * @param generation of the last good record, 0 if there is none
 * @param generationNext the number of the generation to start, never used before
 * @param records that are good
 * @param fences every fence at its highest, by handle: all of them go into the new fence log
 * @param unjournaled the fences that only the fence log knows at this height: they go into the new generation
 * @param cut what is cut at the end of the journal, null if nothing is
 */
public record RecoveryPlan(
        long position,
        int crc,
        long generation,
        long generationNext,
        long records,
        List<FenceState> fences,
        List<FenceState> unjournaled,
        Cut cut) {}
