package io.fencegate.verification.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fencegate.verification.simulator.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A seed is one history, byte for byte: twice in a row, and on every JDK. What the histories are is fixed by their hashes in
 * {@code golden-histories.txt}; a change of product or simulator that changes them is made known to it by
 * {@code -Dhistories.golden=write}.
 */
class GoldenHistoryTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden-histories.txt");
    private static final long SEEDS = 3;

    @Test
    void aSeedIsOneHistoryByteForByte(@TempDir final Path directory) throws IOException, NoSuchAlgorithmException {
        final List<String> lines = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            final byte[] once = history(seed, directory.resolve("once"));
            final byte[] again = history(seed, directory.resolve("again"));
            assertArrayEquals(once, again, "seed " + seed);
            final byte[] hash = MessageDigest.getInstance("SHA-256").digest(once);
            lines.add("seed " + seed + " length " + once.length + " sha256 "
                    + HexFormat.of().formatHex(hash));
        }
        if ("write".equals(System.getProperty("histories.golden"))) {
            Files.write(GOLDEN, lines);
        }
        assertEquals(Files.readAllLines(GOLDEN), lines, "if the change is meant: -Dhistories.golden=write");
    }

    private static byte[] history(final long seed, final Path file) throws IOException {
        Simulation.run(Plan.of(seed)).history().write(file);
        return Files.readAllBytes(file);
    }
}
