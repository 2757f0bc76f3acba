package io.fencegate.verification.simulator.client;

import io.fencegate.client.sequencer.CommandPublisher;
import io.fencegate.client.session.PatientClock;
import io.fencegate.client.session.RequestIds;
import io.fencegate.client.session.keys.KeyChange;
import io.fencegate.client.session.keys.LiveKeys;
import io.fencegate.client.session.lease.LeaseCommand;
import io.fencegate.client.session.lease.LeaseSession;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.SealKey.Action;
import io.fencegate.core.grant.Sealer;
import io.fencegate.verification.simulator.sequencer.Egress;
import io.fencegate.verification.simulator.world.Actor;
import io.fencegate.verification.simulator.world.Chance;
import io.fencegate.verification.simulator.world.FaultKind;
import io.fencegate.verification.simulator.world.KeyFile;

/**
 * Replaces the key of the seals: first in the file, which every machine has, then at the sequencer, which is asked until
 * its live keys are those of the file, whatever it has lost meanwhile.
 *
 * <p>One thread.
 */
public final class KeyOperator extends Actor {
    private static final long TURN_NS = 200_000_000L;

    private final ClientWorld world;
    private final KeyFile file;
    private final Runnable onFileChanged;
    private final long clientId;
    private final RequestIds requestIds;
    private final LeaseSession session;
    private final SequencerPort sequencer;
    private final PatientClock patience;
    private final CommandPublisher publisher = new CommandPublisher();
    private LeaseCommand command;
    private boolean isBusy;
    private boolean isNewestLive;

    /**
     * An operator who has nothing to do yet.
     *
     * @param world to live in
     * @param file of the keys
     * @param onFileChanged told when other keys are in the file
     * @param chance of numbers and pauses
     */
    public KeyOperator(final ClientWorld world, final KeyFile file, final Runnable onFileChanged, final Chance chance) {
        super("operator", world.agenda());
        this.world = world;
        this.file = file;
        this.onFileChanged = onFileChanged;
        clientId = chance.bits() | 1;
        requestIds = new RequestIds(chance.bits());
        session = new LeaseSession(world.times());
        sequencer = new SequencerPort(
                this,
                world.nodes(),
                world.network(),
                session,
                world.times(),
                boundNs -> boundNs <= 0 ? 0 : chance.between(0, boundNs));
        patience = new PatientClock(clockNs());
    }

    /** Goes one step on: a new key, or the end of the old one, once the new one was seen to be live. */
    public void rotate() {
        if (file.live().isEmpty()) {
            return;
        }
        if (file.live().size() == 1) {
            file.append();
            isNewestLive = false;
        } else if (isNewestLive) {
            file.retire();
            world.tally().count(FaultKind.KEY_RETIRED);
        }
        onFileChanged.run();
        settle();
    }

    /** Sees to it that the sequencer seals with the newest key of the file. */
    public void settle() {
        if (!file.live().isEmpty()) {
            isBusy = true;
            wake(0);
        }
    }

    @Override
    protected void onStart() {
        // It waits for an occasion.
    }

    @Override
    protected void onKilled() {
        throw new IllegalStateException("operators live for ever");
    }

    @Override
    protected void turn() {
        final long realNs = clockNs();
        final long nowNs = patience.advance(realNs);
        Object message = take();
        while (message != null) {
            if (message instanceof Egress egress) {
                sequencer.onEgress(egress, realNs);
            }
            message = take();
        }
        if (!isBusy) {
            return;
        }
        sequencer.poll(realNs);
        session.settle(nowNs);
        if (command == null || command.isDone()) {
            goOn(nowNs);
        }
        if (command != null && sequencer.isConnected() && session.isSendDue(command, nowNs, sequencer.epoch())) {
            session.onTried(command, publisher.send(command, sequencer), nowNs, realNs, sequencer.epoch());
        }
        if (session.takeSilence(nowNs)) {
            sequencer.drop(realNs);
        }
        wake(TURN_NS);
    }

    private void goOn(final long nowNs) {
        final LiveKeys live = command == null ? null : command.answer().keys();
        final KeyChange change = live == null ? null : due(live);
        if (live != null && change == null) {
            isBusy = false;
            isNewestLive = true;
            command = null;
            return;
        }
        command = change == null
                ? LeaseCommand.describeKeys(clientId, requestIds.next())
                : LeaseCommand.changeKey(clientId, requestIds.next(), change);
        session.begin(
                command, world.times().attemptTimeoutNs(), nowNs + world.times().callTimeoutNs());
    }

    /** What is still to be done, the next step of it. */
    private KeyChange due(final LiveKeys live) {
        if (live.fingerprints().isEmpty()) {
            throw new IllegalStateException("a sequencer whose nodes have a key answers without one");
        }
        final long newest = file.newest().fingerprint();
        if (!live.fingerprints().contains(newest)) {
            return live.fingerprints().size() == 1
                    ? change(live, Action.ADD, newest)
                    : change(live, Action.RETIRE, live.fingerprints().get(1));
        }
        for (final long fingerprint : live.fingerprints()) {
            if (file.live().stream().noneMatch(key -> key.fingerprint() == fingerprint)) {
                return change(live, Action.RETIRE, fingerprint);
            }
        }
        return null;
    }

    private KeyChange change(final LiveKeys live, final Action action, final long fingerprint) {
        final SealKey by = file.find(live.fingerprints().get(0));
        final long mac = Sealer.of(by).change(action, fingerprint, live.revision());
        if (action == Action.ADD) {
            world.tally().count(FaultKind.KEY_ADDED);
        }
        return new KeyChange(action, fingerprint, live.revision(), mac);
    }
}
