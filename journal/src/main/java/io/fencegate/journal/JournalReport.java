package io.fencegate.journal;

import io.fencegate.journal.recovery.JournalCorruptException;
import java.util.SortedMap;

/**
 * What the verification of a journal found. Immutable.
 *
 * @param journalId of the journal
 * @param generations that hold records
 * @param positionLast of the last good record
 * @param syncedPosition known to be on disk
 * @param resources that were ever opened
 * @param fencesRaised records of this kind
 * @param writesAccepted records of this kind
 * @param refusalsByVerdict journaled refusals by the code of their verdict
 * @param refusalsOmitted refusals that the limit left out of the journal
 * @param violation the first thing that is wrong; null where nothing is
 */
public record JournalReport(
        long journalId,
        long generations,
        long positionLast,
        long syncedPosition,
        long resources,
        long fencesRaised,
        long writesAccepted,
        SortedMap<Integer, Long> refusalsByVerdict,
        long refusalsOmitted,
        JournalCorruptException violation) {

    /** Whether every property held. @return true if there is no violation */
    public boolean isIntact() {
        return violation == null;
    }
}
