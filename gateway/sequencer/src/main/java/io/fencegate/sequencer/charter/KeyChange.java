package io.fencegate.sequencer.charter;

import io.fencegate.core.grant.SealKey.Action;

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
