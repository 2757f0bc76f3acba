package io.fencegate.sequencer.service;

import io.fencegate.core.grant.ResourceName;
import io.fencegate.core.grant.Sealer;
import io.fencegate.core.lease.command.CommandKind;
import io.fencegate.core.lease.command.LeaseCommand;

/**
 * Decides by what right a client wants the floor of the tokens raised: a gateway's proof that it opened a higher grant,
 * or an operator's word. The keys that count are the live ones, which the log names.
 *
 * <p>Called by the service container's thread.
 */
final class ProofJudge {
    private final Sealer sealer;

    ProofJudge(final Sealer sealer) {
        this.sealer = sealer;
    }

    /** What a command is: one that names no resource proves nothing, and is an operator's word. */
    static CommandKind kindOf(final LeaseCommand command) {
        return command.nameLength() == 0 ? CommandKind.SET_FLOOR : CommandKind.RAISE_FLOOR;
    }

    /** Whether a command is to be believed. Without a key no proof is. */
    boolean believes(final LeaseCommand command) {
        return kindOf(command) == CommandKind.SET_FLOOR
                || command.nameLength() <= ResourceName.LENGTH_MAX && proves(command);
    }

    private boolean proves(final LeaseCommand command) {
        return sealer.proves(
                command.proof(),
                command.token(),
                command.provenClientId(),
                command.nameBuffer(),
                command.nameOffset(),
                command.nameLength());
    }
}
