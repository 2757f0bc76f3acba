package io.fencegate.sequencer.snapshot;

import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.charter.LiveKeys;

/**
 * Takes over what a snapshot tells besides the state of the leases.
 *
 * <p>Called by the thread that loads the snapshot.
 */
public interface SnapshotHandler {
    /**
     * A snapshot begins.
     *
     * @param logPosition up to which it tells
     * @param timerId last id of the tick timer
     * @param timerIsRunning whether it was scheduled
     * @param limits by which all answers were decided
     */
    void onBegin(long logPosition, long timerId, boolean timerIsRunning, LeaseLimits limits);

    /**
     * Whether the cluster was founded, and with what.
     *
     * @param isFounded whether commands were decided
     * @param digest of the charter by which they were; without meaning before
     */
    void onCharter(boolean isFounded, long digest);

    /**
     * Which keys are live.
     *
     * @param keys as the log had them
     */
    void onKeys(LiveKeys keys);

    /**
     * A client can be reached.
     *
     * @param clientId of the client
     * @param sessionId of its cluster session
     */
    void onRoute(long clientId, long sessionId);

    /** The snapshot is whole: what it told holds from now on. */
    void onWhole();
}
