package io.fencegate.verification.story;

/**
 * A record that stands in the journal when a story is over.
 *
 * <p>Immutable; any thread.
 *
 * @param resource of the record, as the story names it
 * @param token of the record
 * @param clientId of a raised fence's grant; 0 for a write
 * @param sequence of a write; 0 for a raised fence
 * @param payload of a write; empty for a raised fence
 * @param generation of the record
 * @param position of the record
 */
public record Journaled(
        String resource, long token, long clientId, long sequence, String payload, long generation, long position) {
    /** Whether this is an accepted write. @return false for a raised fence */
    public boolean isWrite() {
        return sequence != 0;
    }
}
