package io.fencegate.verification.simulator.client;

import io.fencegate.client.session.CallTimes;
import io.fencegate.verification.history.History;
import io.fencegate.verification.simulator.world.Actor;
import io.fencegate.verification.simulator.world.Agenda;
import io.fencegate.verification.simulator.world.FaultTally;
import io.fencegate.verification.simulator.world.Network;
import java.util.List;

/**
 * What a client finds around it. Immutable.
 *
 * @param agenda of the world
 * @param network of the world
 * @param nodes of the sequencer
 * @param gateway that stores
 * @param history that calls are written into
 * @param tally of what went wrong
 * @param times of calls
 * @param writeTimeoutNs how long a writer tries to settle its writes
 */
public record ClientWorld(
        Agenda agenda,
        Network network,
        List<? extends Actor> nodes,
        Actor gateway,
        History history,
        FaultTally tally,
        CallTimes times,
        long writeTimeoutNs) {}
