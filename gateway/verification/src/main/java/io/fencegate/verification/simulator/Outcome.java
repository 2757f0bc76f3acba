package io.fencegate.verification.simulator;

import io.fencegate.verification.history.History;
import io.fencegate.verification.simulator.plan.Plan;
import io.fencegate.verification.simulator.world.FaultTally;

/**
 * What was seen of one world.
 *
 * @param plan that was carried out
 * @param history of everything
 * @param faults that happened, by kind
 * @param virtualNs how long the world lived
 * @param broken what must never happen and is no matter of a history: a process that stopped itself, nodes that disagree;
 *     null if nothing did
 */
public record Outcome(Plan plan, History history, FaultTally faults, long virtualNs, String broken) {}
