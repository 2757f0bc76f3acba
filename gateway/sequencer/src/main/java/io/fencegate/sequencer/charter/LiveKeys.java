package io.fencegate.sequencer.charter;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.SealKey.Action;
import java.util.ArrayList;
import java.util.List;

/**
 * Which keys of the seals are live, by their fingerprints: replicated, and changed by commands of the log alone.
 *
 * <p>Immutable; any thread.
 *
 * @param revision count of the changes; 0: there never was a key
 * @param fingerprints of the live keys, the newest first, at most two
 * @param retirementPosition of the latest retirement in the cluster's log, 0 if there was none: a log that is replayed
 *     from behind it asks for no retired key
 * @param last the latest change by a command, so that it may be repeated; null if there was none
 */
public record LiveKeys(long revision, List<Long> fingerprints, long retirementPosition, KeyChange last) {
    /** Keys that are live at once: one that is about to go, and the one that takes its place. */
    public static final int KEYS_MAX = 2;

    /** No key, ever. */
    public static final LiveKeys NONE = new LiveKeys(0, List.of(), 0, null);

    /** Checks the values and freezes the list. */
    public LiveKeys {
        fingerprints = List.copyOf(fingerprints);
        final boolean isTwice = fingerprints.stream().distinct().count() < fingerprints.size();
        if (fingerprints.size() > KEYS_MAX || isTwice || fingerprints.isEmpty() != (revision == 0)) {
            throw new IllegalStateException(
                    "no such live keys: revision=" + revision + " keys=" + fingerprints.size() + " twice=" + isTwice);
        }
    }

    /**
     * What is to be said of a change, first match.
     *
     * @param change that is asked for
     * @param hasMac whether the newest live key made its MAC
     * @return the refusal, or null if it is to be done, or was done as the latest one
     */
    LeaseVerdict refusal(final KeyChange change, final boolean hasMac) {
        if (change.repeats(last)) {
            return null;
        }
        if (change.revision() != revision) {
            return LeaseVerdict.KEYS_CHANGED;
        }
        if (!hasMac) {
            return LeaseVerdict.BAD_KEY_SEAL;
        }
        final boolean isLive = fingerprints.contains(change.fingerprint());
        if (change.action() == Action.ADD) {
            if (isLive) {
                return LeaseVerdict.KEY_LIVE;
            }
            return fingerprints.size() == KEYS_MAX ? LeaseVerdict.TOO_MANY_KEYS : null;
        }
        if (!isLive) {
            return LeaseVerdict.KEY_NOT_LIVE;
        }
        return fingerprints.size() == 1 ? LeaseVerdict.LAST_KEY : null;
    }

    /**
     * The first key.
     *
     * @param fingerprint of it
     * @return the keys then
     */
    LiveKeys founded(final long fingerprint) {
        return new LiveKeys(1, List.of(fingerprint), 0, null);
    }

    /**
     * Does a change that is not refused.
     *
     * @param change that is asked for
     * @param logPosition behind its command
     * @return the keys then; the same if it is the latest change, repeated
     */
    LiveKeys after(final KeyChange change, final long logPosition) {
        if (change.repeats(last)) {
            return this;
        }
        final List<Long> live = new ArrayList<>(fingerprints);
        final boolean isAdded = change.action() == Action.ADD;
        if (isAdded) {
            live.add(0, change.fingerprint());
        } else {
            live.remove(change.fingerprint());
        }
        return new LiveKeys(revision + 1, live, isAdded ? retirementPosition : logPosition, change);
    }
}
