package io.fencegate.sequencer.charter;

/**
 * What an operator wants done with a key of the seals, and shows that it may.
 *
 * <p>Immutable; any thread.
 *
 * @param clientId the operator's client
 * @param requestId of the command
 * @param action what to do
 * @param fingerprint of the key
 * @param revision of the live keys that the change is meant for
 * @param mac of the change by the newest live key
 */
public record KeyChange(long clientId, long requestId, Action action, long fingerprint, long revision, long mac) {
    /** What to do with a key. The codes are those of the wire and of snapshots. */
    public enum Action {
        /** It is live from then on, and seals. */
        ADD((byte) 1),
        /** It is not live any more. */
        RETIRE((byte) 2);

        private final byte code;

        Action(final byte code) {
            this.code = code;
        }

        /** The number on the wire, in snapshots, and under the MAC. @return the code, from 1 */
        public byte code() {
            return code;
        }

        /**
         * The action of a code.
         *
         * @param code as read
         * @return the action, or null where none has this code
         */
        public static Action ofCode(final int code) {
            for (final Action action : values()) {
                if (action.code == code) {
                    return action;
                }
            }
            return null;
        }
    }

    /** Whether it is the same command, sent again. */
    boolean repeats(final KeyChange other) {
        return other != null
                && clientId == other.clientId
                && requestId == other.requestId
                && action == other.action
                && fingerprint == other.fingerprint
                && revision == other.revision;
    }
}
