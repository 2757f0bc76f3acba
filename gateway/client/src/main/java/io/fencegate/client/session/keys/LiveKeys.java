package io.fencegate.client.session.keys;

import java.util.List;

/**
 * Which keys of the seals are live at the sequencer.
 *
 * <p>Immutable; any thread.
 *
 * @param revision count of the changes; 0: there never was a key
 * @param fingerprints of the live keys, the newest first: that one seals
 * @param retirementPosition of the latest retirement in the cluster's log; 0 if there was none
 */
public record LiveKeys(long revision, List<Long> fingerprints, long retirementPosition) {
    /** Freezes the list. */
    public LiveKeys {
        fingerprints = List.copyOf(fingerprints);
    }
}
