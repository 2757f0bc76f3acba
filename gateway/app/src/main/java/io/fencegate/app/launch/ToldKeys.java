package io.fencegate.app.launch;

import io.fencegate.app.cli.Terminal;
import io.fencegate.core.grant.SealKey;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Keys of a running gateway, whose changes and failures are told to the user, once each.
 *
 * <p>One thread at a time: the one that launches, then the one that looks for keys.
 */
final class ToldKeys implements SealKey.Source {
    private final SealKey.Source file;
    private final Terminal terminal;
    private String keysLast;
    private String failureLast = "";

    /**
     * Tells nothing of the keys that are found first.
     *
     * @param file where the keys are
     * @param terminal that hears
     */
    ToldKeys(final SealKey.Source file, final Terminal terminal) {
        this.file = file;
        this.terminal = terminal;
    }

    @Override
    public List<SealKey> read() {
        try {
            final List<SealKey> keys = file.read();
            onRead(keys.stream()
                    .map(key -> String.format("%016x", key.fingerprint()))
                    .collect(Collectors.joining(",")));
            return keys;
        } catch (final RuntimeException failure) {
            if (keysLast != null && !failureLast.equals(failure.getMessage())) {
                failureLast = String.valueOf(failure.getMessage());
                terminal.say("the gateway goes on with the keys that it has: " + failureLast);
            }
            throw failure;
        }
    }

    private void onRead(final String keys) {
        if (keysLast != null && !keysLast.equals(keys)) {
            terminal.say("the gateway takes other keys: fingerprints=" + keys);
        }
        keysLast = keys;
        failureLast = "";
    }
}
