package io.fencegate.client.session.writer;

/**
 * Which journal a gateway writes, and in which of its runs.
 *
 * <p>Immutable; any thread.
 *
 * @param journalId the journal's random identity
 * @param generation rises by one at each start of a gateway on this journal
 */
public record GatewayIdentity(long journalId, long generation) {
    /**
     * Whether a gateway that is met later can have all that this one acknowledged.
     *
     * @param later who is met
     * @return false if it has another journal, or an earlier generation of this one
     */
    public boolean mayBecome(final GatewayIdentity later) {
        return later.journalId == journalId && later.generation >= generation;
    }
}
