package io.fencegate.client.lease;

import io.fencegate.client.session.keys.KeyChange;
import io.fencegate.client.session.keys.LiveKeys;
import io.fencegate.client.session.lease.LeaseAnswer;
import io.fencegate.client.session.lease.LeaseCommand;

/**
 * Calls about the keys of the seals, which are live at the sequencer by their fingerprints.
 *
 * <p>The client's thread.
 */
public final class KeyCalls {
    private final LeaseEngine engine;
    private final long clientId;

    KeyCalls(final LeaseEngine engine, final long clientId) {
        this.engine = engine;
        this.clientId = clientId;
    }

    /**
     * Asks which keys are live.
     *
     * @return their fingerprints, the newest first
     * @throws io.fencegate.client.error.LeaseRefusedException if the sequencer refuses
     * @throws io.fencegate.client.error.NotReachableException if the sequencer did not answer in time
     */
    public LiveKeys live() {
        return answer(LeaseCommand.describeKeys(clientId, engine.requestIds().next()), "keys");
    }

    /**
     * Makes a key live, or no longer: an operator's call.
     *
     * @param change what to do, with a MAC by the newest live key
     * @return the live keys then
     * @throws io.fencegate.client.error.LeaseRefusedException if the sequencer refuses
     * @throws io.fencegate.client.error.NotReachableException if the sequencer did not answer in time: it may be done
     */
    public LiveKeys change(final KeyChange change) {
        return answer(
                LeaseCommand.changeKey(clientId, engine.requestIds().next(), change),
                String.format("key/%016x", change.fingerprint()));
    }

    private LiveKeys answer(final LeaseCommand command, final String what) {
        final LeaseAnswer answer = engine.call(command);
        if (answer.verdict() != null) {
            throw Outcomes.refusal(what, 0, answer);
        }
        return answer.keys();
    }
}
