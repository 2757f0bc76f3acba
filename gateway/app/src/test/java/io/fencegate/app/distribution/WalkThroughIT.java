package io.fencegate.app.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The walk-through, word by word, from the tar.gz in an empty folder, without Maven on the PATH. */
class WalkThroughIT {
    /** The ports of the sample: five a node, one after the other, and two of the gateway. */
    private static final int PORT_BASE = 13_110;

    private static final int PORTS = 32;

    private static final long STEP_TIMEOUT_SECONDS = 240;

    @TempDir
    private Path directory;

    @Test
    @Timeout(800)
    void everyStepPrintsWhatThePageSays() throws Exception {
        final Path desk = Files.createDirectories(directory.resolve("desk"));
        Files.copy(Packages.tarball(), desk.resolve(Packages.tarball().getFileName()));
        final Page page = Page.read(Packages.root().resolve("gateway/app/WALKTHROUGH.md"));
        assertTrue(page.steps().size() >= 7, "steps=" + page.steps().size());
        final Path home = desk.resolve(Packages.name());

        try (Shell shell = Shell.open(desk, directory.resolve("tools"), Map.of())) {
            for (final Page.Step step : page.steps()) {
                final List<String> printed = withoutChance(shell.run(step.commands(), STEP_TIMEOUT_SECONDS));
                assertTrue(
                        step.isMetBy(printed),
                        () -> step.commands() + "\nprinted\n" + String.join("\n", printed) + "\n" + logs(home));
                if (step == page.steps().get(0)) {
                    useFreePorts(home.resolve("run/fencegate.properties"));
                }
            }
            assertEquals(List.of(), shell.run("jobs -p", 10), "every role has ended");
        }
        assertNothingStays(home);
    }

    @Test
    void thePageIsComparedLineByLine() {
        final Page.Step step = new Page.Step("", List.of("a=… b", "…", "z"));

        assertTrue(step.isMetBy(List.of("a=1 b", "z")));
        assertTrue(step.isMetBy(List.of("a=1 b", "any", "lines", "z")));
        assertFalse(step.isMetBy(List.of("a=1 c", "z")));
        assertFalse(step.isMetBy(List.of("a=1 b", "z", "more")));
    }

    /** Without what depends on who led and how fast: the shell's word on a killed job, and what is said in long waits. */
    private static List<String> withoutChance(final List<String> printed) {
        return printed.stream()
                .filter(line -> !line.contains(" Killed ") && !line.startsWith("fencegate: waiting for "))
                .toList();
    }

    /** The sample's own ports may be in use on this machine: each gets another number, the distances stay. */
    private static void useFreePorts(final Path file) throws IOException {
        final int base = freePorts();
        String text = Files.readString(file);
        for (int i = PORTS - 1; i >= 0; i--) {
            text = text.replace(":" + (PORT_BASE + i), ":" + (base + i));
        }
        Files.writeString(file, text);
    }

    private static int freePorts() throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            final List<DatagramSocket> sockets = new ArrayList<>();
            try {
                sockets.add(new DatagramSocket(0));
                final int base = sockets.get(0).getLocalPort();
                for (int i = 1; i < PORTS && base + i <= 65_535; i++) {
                    sockets.add(new DatagramSocket(base + i));
                }
                if (sockets.size() == PORTS) {
                    return base;
                }
            } catch (final IOException inUse) {
                continue;
            } finally {
                sockets.forEach(DatagramSocket::close);
            }
        }
        throw new AssertionError("no free ports in a row: ports=" + PORTS);
    }

    private static void assertNothingStays(final Path home) throws IOException {
        final long alive = ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(home.toString()))
                .count();
        assertEquals(0, alive, "processes of the walk-through");
        for (final String line : Files.readAllLines(home.resolve("run/driver.log"))) {
            if (line.startsWith("READY")) {
                final Path memory = Path.of(line.replaceAll(".*client.aeron.directory=", ""));
                assertFalse(Files.exists(memory), () -> "shared memory stays: " + memory);
            }
        }
    }

    private static String logs(final Path home) {
        final StringBuilder logs = new StringBuilder();
        for (final String role : List.of("node0", "node1", "node2", "driver", "gateway")) {
            try {
                logs.append("--- ").append(role).append('\n');
                logs.append(Files.readString(home.resolve("run/" + role + ".log")));
            } catch (final IOException notStarted) {
                logs.append("no log\n");
            }
        }
        return logs.toString();
    }
}
