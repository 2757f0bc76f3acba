package io.fencegate.verification.story;

/**
 * Something that an actor asks of the sequencer or the gateway, and that gets an answer.
 *
 * <p>Immutable; any thread.
 *
 * @param actor who asks
 * @param kind what it asks
 * @param resource for which it asks
 * @param token under which it asks; 0: that of the grant of this resource which the actor was told last
 * @param ttlMs of an acquire or renew, in milliseconds
 * @param waitMs of an acquire, in milliseconds; 0: it does not wait
 * @param sequence of a write
 * @param payload of a write
 */
public record Call(
        String actor, Kind kind, String resource, long token, long ttlMs, long waitMs, long sequence, String payload) {
    /** What can be asked. */
    public enum Kind {
        /** A lease, of the sequencer. */
        ACQUIRE(true),
        /** How an acquire that was queued ended. */
        AWAIT(true),
        /** A lease prolonged. */
        RENEW(true),
        /** A lease ended by its holder. */
        RELEASE(true),
        /** A lease ended by an operator. */
        REVOKE(true),
        /** Who holds a lease. */
        DESCRIBE(true),
        /** A fence raised, at the gateway. */
        OPEN(false),
        /** A record appended. */
        WRITE(false),
        /** The last record. */
        READ(false);

        private final boolean isForSequencer;

        Kind(final boolean isForSequencer) {
            this.isForSequencer = isForSequencer;
        }

        /** Who answers. @return true for the sequencer, false for the gateway */
        public boolean isForSequencer() {
            return isForSequencer;
        }
    }
}
