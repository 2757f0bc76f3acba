package io.fencegate.app.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The units of systemd: systemd itself reads them without a word, and they agree with the exit codes of the roles. */
class SystemdUnitsTest {
    private static final Path UNITS = Packages.root().resolve("gateway/app/src/main/distribution/systemd");

    @TempDir
    private Path directory;

    @Test
    void systemdHasNothingToSayAboutThem() throws Exception {
        assumeTrue(Tool.exists("systemd-analyze"), "SKIPPED: there is no systemd-analyze on this machine");
        final Tool verified = verify(List.of());
        assertEquals("", verified.printed());
        assertEquals(0, verified.exitCode());

        final Tool broken = verify(List.of("LimitNOFILE", "LimitNOFILES"));
        assertTrue(broken.printed().contains("Unknown key"), () -> "a mistake is noticed: " + broken.printed());
    }

    @Test
    void whatDoesNotMendItselfIsNotStartedAgain() throws IOException {
        for (final Path unit : units()) {
            final List<String> lines = Files.readAllLines(unit);
            assertTrue(lines.contains("Restart=on-failure"), unit.toString());
            assertTrue(lines.contains("RestartPreventExitStatus=2 4 5"), unit.toString());
            assertTrue(lines.contains("LimitMEMLOCK=infinity"), unit.toString());
            assertTrue(lines.contains("NoNewPrivileges=yes"), unit.toString());
        }
        final List<String> gateway = Files.readAllLines(UNITS.resolve("fencegate-gateway.service"));
        assertTrue(gateway.contains("After=fencegate-driver.service"));
        assertTrue(gateway.contains("Requires=fencegate-driver.service"));
    }

    /** The launcher is not installed here: another program stands for it. */
    private Tool verify(final List<String> change) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
        for (final Path unit : units()) {
            String text = Files.readString(unit).replace("/usr/bin/fencegate", "/bin/sh");
            if (!change.isEmpty()) {
                text = text.replace(change.get(0), change.get(1));
            }
            final Path copy = directory.resolve(unit.getFileName());
            Files.writeString(copy, text);
            command.add(copy.toString());
        }
        return Tool.run(directory.resolve("log"), command.toArray(String[]::new));
    }

    private static List<Path> units() throws IOException {
        try (Stream<Path> files = Files.list(UNITS)) {
            final List<Path> units = files.sorted().toList();
            assertEquals(3, units.size(), units.toString());
            return units;
        }
    }
}
