package io.fencegate.verification.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.storage.durability.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The model in more than ten million states: too long for every build, so its name is none that the build looks for. Run by
 * command, see {@code gateway/verification/model/README.md}.
 */
class LargeModel {
    private static final Duration TIME_LIMIT = Duration.ofHours(3);
    private static final long STATES_MIN = 10_000_000;

    @Test
    @Timeout(value = 4, unit = TimeUnit.HOURS)
    void whatIsSaidHoldsInEveryState() throws IOException, InterruptedException {
        final Bounds bounds = new Bounds(1, 1, 1, 2, 4, 3);
        final Path kept = Path.of("target", "model-large").toAbsolutePath();
        final TlcResult result = Tlc.steady(Files.createDirectories(kept), TIME_LIMIT, 2, "3g")
                .check(ModelTest.MODULE, Configuration.of(Durability.DISK, bounds));
        assertEquals(TlcResult.HOLDS, result.exitCode(), result.output());
        assertTrue(result.distinctStates() >= STATES_MIN, result.output());
    }
}
