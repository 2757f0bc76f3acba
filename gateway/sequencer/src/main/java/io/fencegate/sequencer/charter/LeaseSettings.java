package io.fencegate.sequencer.charter;

import io.fencegate.core.grant.SealKey;
import io.fencegate.core.lease.command.LeaseLimits;

/**
 * What decides answers.
 *
 * <p>Immutable; any thread.
 *
 * @param limits of the lease table, the same on every node
 * @param keyFile where this node finds the keys of the seals; the log says which of them are live. None: grants bear no
 *     seals
 */
public record LeaseSettings(LeaseLimits limits, SealKey.Source keyFile) {}
