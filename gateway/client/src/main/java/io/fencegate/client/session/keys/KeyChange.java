package io.fencegate.client.session.keys;

import io.fencegate.core.grant.SealKey.Action;

/**
 * What an operator wants done with a key of the sequencer, and shows that it may.
 *
 * <p>Immutable; any thread.
 *
 * @param action what to do
 * @param fingerprint of the key
 * @param revision of the live keys that the change is meant for
 * @param mac of the change by the newest live key
 */
public record KeyChange(Action action, long fingerprint, long revision, long mac) {}
