package io.fencegate.verification.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fencegate.storage.durability.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLC's process does not outlive its call, and what is no configuration is no success. */
class TlcTest {
    private static final String MODULE = "CheckFencing";
    private static final String MANY_STATES = Configuration.of(Durability.DISK, new Bounds(2, 2, 2, 2, 2, 2));

    @TempDir
    private Path directory;

    @Test
    void itIsKilledWhenItsTimeIsOver() throws IOException, InterruptedException {
        final TlcResult result = Tlc.quick(directory, Duration.ofMillis(200)).check(MODULE, MANY_STATES);
        assertEquals(TlcResult.NOT_ENDED, result.exitCode());
        assertEquals(List.of(), running());
    }

    @Test
    void itIsKilledWhenItsCallerIsToEnd() {
        Thread.currentThread().interrupt();
        assertThrows(
                InterruptedException.class,
                () -> Tlc.quick(directory, Duration.ofMinutes(1)).check(MODULE, MANY_STATES));
        assertEquals(List.of(), running());
    }

    @Test
    void aConfigurationThatItCannotReadIsNoSuccess() throws IOException, InterruptedException {
        final TlcResult result = Tlc.quick(directory, Duration.ofMinutes(1)).check(MODULE, "SPECIFICATION Nothing");
        assertNotEquals(TlcResult.HOLDS, result.exitCode());
        assertNotEquals(TlcResult.VIOLATED, result.exitCode());
        assertNotEquals(TlcResult.NOT_ENDED, result.exitCode());
    }

    private List<Long> running() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
                .map(ProcessHandle::pid)
                .toList();
    }
}
