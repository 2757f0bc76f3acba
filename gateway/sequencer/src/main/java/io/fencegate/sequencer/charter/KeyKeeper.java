package io.fencegate.sequencer.charter;

import io.aeron.cluster.service.Cluster;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.Sealer;
import io.fencegate.sequencer.charter.UnfitNodeException.Difference;
import io.fencegate.sequencer.counters.SequencerCounters;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Has the keys at hand that the log asks for, and lets the sealer seal with them. The log names keys by their
 * fingerprints; the keys themselves are in this node's file, which is read again where one is not known. A node that does
 * not find it can not go on.
 *
 * <p>The first key comes into the log as the charter does: each node that has a key schedules a {@link FoundingTimer} that bears
 * the upper bits of its fingerprint, when a term begins and there is no live key; the first one in the log counts.
 *
 * <p>Its state comes from the log alone. Called by the service container's thread.
 */
public final class KeyKeeper {
    private static final int UNSEEN_BITS = Long.SIZE - FoundingTimer.VALUE_BITS;

    private final SealKey.Source file;
    private final Sealer sealer = Sealer.none();
    private final SequencerCounters counters;
    private List<SealKey> known;
    private LiveKeys live = LiveKeys.NONE;

    /**
     * A keeper without a live key.
     *
     * @param file of the keys that this node has, the newest last
     * @param counters of this node
     * @throws RuntimeException if the file can not be read
     */
    public KeyKeeper(final SealKey.Source file, final SequencerCounters counters) {
        this.file = file;
        this.counters = counters;
        known = file.read();
    }

    /** Seals with the newest live key. @return for the service container's thread; its keys change */
    public Sealer sealer() {
        return sealer;
    }

    /** The live keys. @return as the log has them so far */
    public LiveKeys live() {
        return live;
    }

    /**
     * A term began: proposes this node's newest key where there is none.
     *
     * @param cluster that fires the timer, if this node leads
     * @param timestamp of the log
     */
    public void onNewTerm(final Cluster cluster, final long timestamp) {
        if (live.fingerprints().isEmpty() && !known.isEmpty()) {
            FoundingTimer.schedule(cluster, proposal(), timestamp);
        }
    }

    /**
     * A timer fired that names a first key, of whatever leader.
     *
     * @param cluster that may hold this node's own timer still
     * @param timerId of the timer
     * @throws UnfitNodeException if this node does not have that key
     */
    public void onFired(final Cluster cluster, final long timerId) {
        if (!live.fingerprints().isEmpty()) {
            counters.onFoundingIgnored();
            return;
        }
        final long bits = FoundingTimer.value(timerId);
        final SealKey key = find(
                fingerprint -> fingerprint >>> UNSEEN_BITS == bits,
                // The last digit is not known to the log.
                String.format("%016x", bits << UNSEEN_BITS).substring(0, 15) + "?");
        take(live.founded(key.fingerprint()));
        FoundingTimer.cancel(cluster, proposal());
    }

    /**
     * Changes the live keys, or says why not.
     *
     * @param change that is asked for
     * @param logPosition behind its command
     * @return the refusal, or null if it is done
     * @throws UnfitNodeException if this node does not have a key that is live from now on
     */
    public LeaseVerdict change(final KeyChange change, final long logPosition) {
        final boolean hasMac =
                sealer.verifiesChange(change.mac(), change.action(), change.fingerprint(), change.revision());
        final LeaseVerdict refusal = live.refusal(change, hasMac);
        if (refusal == null) {
            take(live.after(change, logPosition));
        }
        return refusal;
    }

    /**
     * Goes on as a snapshot says, which is whole.
     *
     * @param restored keys that are live
     * @throws UnfitNodeException if this node does not have one of them
     */
    public void restore(final LiveKeys restored) {
        take(restored);
    }

    private void take(final LiveKeys next) {
        sealer.rekey(next.fingerprints().stream()
                .map(live -> find(fingerprint -> fingerprint == live, String.format("%016x", live)))
                .toList());
        live = next;
        counters.onKeys(next.revision(), next.fingerprints());
    }

    private long proposal() {
        return FoundingTimer.KEY.id(known.get(known.size() - 1).fingerprint() >>> UNSEEN_BITS);
    }

    private SealKey find(final LongPredicate isWanted, final String name) {
        SealKey key = known(isWanted);
        if (key == null) {
            known = readAgain(name);
            key = known(isWanted);
        }
        if (key == null) {
            throw unfit(name, "keysInFile=" + known.size());
        }
        return key;
    }

    private SealKey known(final LongPredicate isWanted) {
        for (final SealKey key : known) {
            if (isWanted.test(key.fingerprint())) {
                return key;
            }
        }
        return null;
    }

    private List<SealKey> readAgain(final String name) {
        try {
            return file.read();
        } catch (final RuntimeException unreadable) {
            throw unfit(name, "reason=" + unreadable.getMessage());
        }
    }

    private static UnfitNodeException unfit(final String name, final String detail) {
        return new UnfitNodeException(
                Difference.KEY,
                "the cluster seals with a key that this node does not have: fingerprint=" + name + " " + detail
                        + "; copy it into this node's key file (seal.key.file), and start the node again");
    }
}
