package io.fencegate.storage;

import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.Sealer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Looks once a second which keys there are, and gives others to the line's sealer: it verifies with them from the next
 * open on. While keys can not be had, the ones before serve: a gateway never goes on without a key.
 *
 * <p>A thread of its own, because a file may keep it waiting.
 */
final class KeyAgent implements Agent {
    /** Name of the agent and its thread. */
    static final String ROLE_NAME = "fencegate-keys";

    /** Longest sleep, so that the agent ends soon when it is closed, in milliseconds. */
    static final long IDLE_MS = 50;

    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);

    private final SealKey.Source source;
    private final Sealer sealer;
    private final Runnable onFailure;
    private final NanoClock clock;
    private List<Long> fingerprints;
    private long lookedNs;

    /**
     * Looks a second from now for the first time.
     *
     * @param source of the keys
     * @param keys that the sealer has
     * @param sealer of the line
     * @param onFailure told each time that keys can not be had
     * @param clock that only rises
     */
    KeyAgent(
            final SealKey.Source source,
            final List<SealKey> keys,
            final Sealer sealer,
            final Runnable onFailure,
            final NanoClock clock) {
        this.source = source;
        this.sealer = sealer;
        this.onFailure = onFailure;
        this.clock = clock;
        fingerprints = fingerprints(keys);
        lookedNs = clock.nanoTime();
    }

    @Override
    public int doWork() {
        final long nowNs = clock.nanoTime();
        if (nowNs - lookedNs < INTERVAL_NS) {
            return 0;
        }
        lookedNs = nowNs;
        final List<SealKey> keys = read();
        final List<Long> found = fingerprints(keys);
        if (found.isEmpty()) {
            onFailure.run();
        } else if (!found.equals(fingerprints)) {
            sealer.rekey(keys);
            fingerprints = found;
        }
        return 0;
    }

    @Override
    public String roleName() {
        return ROLE_NAME;
    }

    private List<SealKey> read() {
        try {
            return source.read();
        } catch (final RuntimeException unreadable) {
            // The source tells people why.
            return List.of();
        }
    }

    private static List<Long> fingerprints(final List<SealKey> keys) {
        return keys.stream().map(SealKey::fingerprint).toList();
    }
}
