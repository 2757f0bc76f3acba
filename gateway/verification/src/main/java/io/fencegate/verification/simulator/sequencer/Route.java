package io.fencegate.verification.simulator.sequencer;

import io.fencegate.verification.simulator.world.Actor;

/**
 * Where the answers of a session go. Immutable.
 *
 * @param client that connected; null for the auditor
 * @param connection as the client counts them
 */
public record Route(Actor client, long connection) {}
