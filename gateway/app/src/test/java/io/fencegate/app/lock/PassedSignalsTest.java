package io.fencegate.app.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.fencegate.app.Await;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signal comes before the guarded process, or to it, and never between. */
@Timeout(120)
class PassedSignalsTest {
    private final PassedSignals signals = new PassedSignals();

    @ParameterizedTest
    @CsvSource({"HUP, 129", "INT, 130", "TERM, 143"})
    void aSignalThatCameBeforeLetsNothingStart(final String name, final int exitCode) {
        assertFalse(signals.isAny());
        signals.onSignal(name);

        assertTrue(signals.isAny());
        assertNull(signals.start(() -> fail("started after a signal")));
        assertEquals(exitCode, signals.exitCode());
    }

    @ParameterizedTest
    @CsvSource({"HUP, 129", "TERM, 143"})
    void aSignalThatComesWhileTheProcessIsStartedReachesIt(final String name, final int exitCode) {
        final Thread sender = new Thread(() -> signals.onSignal(name));
        final GuardedProcess process = signals.start(() -> {
            sender.start();
            Await.until(
                    () -> sender.getState() == Thread.State.BLOCKED || !sender.isAlive(), () -> "no signal was sent");
            return GuardedProcess.start(List.of("sleep", "1000"), Map.of());
        });
        try {
            Await.until(process::await, () -> "the signal did not reach it: " + name);
        } finally {
            process.stop(0);
        }

        assertEquals(exitCode, process.exitCode());
    }

    @Test
    void aSecondSignalReachesAProcessThatRunsOn() {
        final GuardedProcess process = signals.start(
                () -> GuardedProcess.start(List.of("sh", "-c", "trap '' HUP; exec sleep 1000"), Map.of()));
        try {
            signals.onSignal("HUP");
            signals.onSignal("TERM");
            Await.until(process::await, () -> "the second signal did not reach it");
        } finally {
            process.stop(0);
        }

        assertTrue(process.exitCode() == 143 || process.exitCode() == 129, "HUP may come before it is ignored");
    }
}
