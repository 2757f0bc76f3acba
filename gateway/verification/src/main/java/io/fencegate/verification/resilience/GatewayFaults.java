package io.fencegate.verification.resilience;

import io.fencegate.verification.cable.CableDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What happens to the gateway and its journal.
 *
 * <p>One thread.
 */
final class GatewayFaults {
    private static final long UNDER_WAY_MS = 200;

    private GatewayFaults() {}

    static void killed(final Act act) {
        act.prepare(act.times().leaseMs());
        act.system().gateway().kill();
        act.begin();
        act.system().startGateway();
        act.end();
        act.awaitHealed();
    }

    /** Nobody restarts it while the client waits. */
    static void gone(final Act act) {
        act.hitImpatient();
        act.prepare(act.times().leaseMs());
        act.system().gateway().kill();
        act.begin();
        act.end();
        act.awaitStopped();
        act.system().startGateway();
    }

    /** A is cut off while another holder opens, so that it cannot settle its writes before. */
    static void inDoubt(final Act act) {
        act.prepare(act.times().leaseMs());
        act.system().gateway().suspend();
        act.begin();
        act.hold(UNDER_WAY_MS);
        act.system().gateway().kill();
        act.system().cable(CableDriver.CUT);
        act.system().startGateway();
        act.revoke();
        act.system().cable(CableDriver.MEND);
        act.end();
        act.awaitLost();
        act.awaitStopped();
    }

    static void emptied(final Act act) {
        act.prepare(act.times().leaseMs());
        act.system().gateway().kill();
        act.begin();
        act.keepJournal(move(act.system().journal(), act.system().directory().resolve("journal-emptied")));
        act.system().startGateway();
        act.end();
        act.awaitStopped();
    }

    /** The copy is what a snapshot of the file system would hold: the gateway stands still meanwhile. */
    static void restored(final Act act) {
        act.prepare(act.times().leaseMs());
        final Path older = act.system().directory().resolve("journal-older");
        act.system().gateway().suspend();
        copy(act.system().journal(), older);
        act.system().gateway().resume();
        act.awaitWrites(act.a(), System.nanoTime());
        act.system().gateway().kill();
        act.begin();
        act.keepJournal(move(act.system().journal(), act.system().directory().resolve("journal-newer")));
        move(older, act.system().journal());
        act.system().startGateway();
        act.end();
        act.awaitStopped();
    }

    private static Path move(final Path from, final Path to) {
        try {
            return Files.move(from, to);
        } catch (final IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void copy(final Path from, final Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            final List<Path> all = files.toList();
            for (final Path file : all) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (final IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
