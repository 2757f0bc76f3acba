package io.fencegate.sequencer.muster;

import java.util.List;

/**
 * What a member tells the others of itself, about once a second.
 *
 * <p>Immutable; any thread.
 *
 * @param memberId of the member, from 0
 * @param standing of its directory
 * @param incarnation random number of the directory: another one after it was wiped
 * @param heard incarnation of each member as far as this one has heard them, its own included; 0 for others
 * @param founders incarnation of each member when the cluster was founded; all 0 as long as the directory is empty
 * @param candidateTermId highest term in which it stood or voted, -1 for none
 * @param log what it has of the log
 */
public record MemberStatus(
        int memberId,
        Standing standing,
        long incarnation,
        List<Long> heard,
        List<Long> founders,
        long candidateTermId,
        LogExtent log) {
    /** Freezes the lists. */
    public MemberStatus {
        heard = List.copyOf(heard);
        founders = List.copyOf(founders);
    }
}
