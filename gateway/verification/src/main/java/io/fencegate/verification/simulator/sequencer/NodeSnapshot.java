package io.fencegate.verification.simulator.sequencer;

import java.util.List;
import java.util.Map;

/**
 * What a node keeps at a snapshot: its service's records, and what the cluster itself remembers. Immutable.
 *
 * @param applied entries of the log that are in it
 * @param records of the service
 * @param routes of the open sessions, by their numbers
 * @param timers deadlines by their numbers
 */
record NodeSnapshot(int applied, List<byte[]> records, Map<Long, Route> routes, Map<Long, Long> timers) {}
