package io.fencegate.verification.simulator.world;

import io.fencegate.core.grant.SealKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The file of the seals' keys, the same on every machine of the world at every moment.
 *
 * <p>One thread.
 */
public final class KeyFile {
    private final List<SealKey> retired = new ArrayList<>();
    private final List<SealKey> live = new ArrayList<>();

    /**
     * A file.
     *
     * @param keys that are in it, the newest last
     */
    public KeyFile(final List<SealKey> keys) {
        live.addAll(keys);
    }

    /** What a gateway takes. @return the newest last */
    public List<SealKey> live() {
        return List.copyOf(live);
    }

    /** What a node of the sequencer finds. @return the retired ones first, the newest last */
    public List<SealKey> all() {
        final List<SealKey> all = new ArrayList<>(retired);
        all.addAll(live);
        return all;
    }

    /** A key of the file. @param fingerprint of it @return the key */
    public SealKey find(final long fingerprint) {
        return all().stream()
                .filter(key -> key.fingerprint() == fingerprint)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the sequencer seals with a key of nobody's"));
    }

    /** The key that is to seal. @return the newest one */
    public SealKey newest() {
        return live.get(live.size() - 1);
    }

    /** Adds a key that was never there. */
    public void append() {
        live.add(SealKey.parse(String.format("5eed%028x", retired.size() + live.size())));
    }

    /** Marks the oldest key that is not retired. */
    public void retire() {
        retired.add(live.remove(0));
    }
}
