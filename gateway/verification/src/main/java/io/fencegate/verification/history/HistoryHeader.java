package io.fencegate.verification.history;

import io.fencegate.storage.durability.Durability;
import java.util.Objects;

/**
 * Under what conditions a history was made.
 *
 * <p>Immutable; any thread.
 *
 * @param durability level of the gateway
 * @param isSealed whether sequencer and gateway share a key
 * @param transport of requests
 */
public record HistoryHeader(Durability durability, boolean isSealed, Transport transport) {
    /** Checks that nothing is missing. */
    public HistoryHeader {
        Objects.requireNonNull(durability, "durability");
        Objects.requireNonNull(transport, "transport");
    }
}
