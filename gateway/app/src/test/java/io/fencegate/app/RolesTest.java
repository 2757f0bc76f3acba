package io.fencegate.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.CncFileDescriptor;
import io.aeron.driver.status.SystemCounterDescriptor;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The roles in processes of their own: whom they need, what they refuse, and how they end. */
@Timeout(300)
class RolesTest {
    @TempDir
    private Path directory;

    @Test
    void aGatewayEndsWithItsDriverAndSharesNothing() throws Exception {
        try (Spawned driver = role("driver");
                Spawned gateway = role("gateway", "--set", "aeron.driver.timeout=3000")) {
            assertReady(driver);
            assertReady(gateway);
            try (Spawned secondDriver = role("driver");
                    Spawned secondGateway = role("gateway")) {
                assertRefused(secondDriver, 2, "the directory is in use");
                assertRefused(secondGateway, 2, "journal is in use by another gateway");
            }

            driver.kill();

            assertEquals(6, gateway.awaitExit(), gateway.err());
            assertTrue(gateway.err()
                    .lines()
                    .anyMatch(line -> line.startsWith("fencegate: stopped: the media driver is gone")
                            && line.contains("exit=6")));
            assertFalse(gateway.err().contains("\tat "), gateway.err());
        }
        removeDriverDirectory();
    }

    @Test
    void aGatewayWithoutADriverSaysWhatToStart() throws Exception {
        try (Spawned gateway = role("gateway", "--set", "aeron.driver.timeout=500")) {
            assertRefused(gateway, 6, "start one with: fencegate driver");
        }
    }

    @Test
    void aGatewayThatStoodStillForTooLongSaysSo() throws Exception {
        try (Spawned driver = role("driver", "--set", "aeron.client.liveness.timeout=5s");
                Spawned gateway = role("gateway")) {
            final String ready = assertReady(driver);
            assertReady(gateway);
            gateway.signal("STOP");
            try {
                awaitClientTimeout(Path.of(ready.replaceAll(".*client.aeron.directory=", "")));
            } finally {
                gateway.signal("CONT");
            }

            assertEquals(6, gateway.awaitExit(), gateway.err());
            assertTrue(gateway.err().contains("stood still for longer than it waits"), gateway.err());
        }
    }

    @Test
    void aGatewayThatIsEndedWhileItStartsEndsInGoodOrder() throws Exception {
        try (Spawned driver = role("driver")) {
            assertReady(driver);
            try (Spawned gateway = role("gateway")) {
                Await.until(
                        () -> Files.exists(directory.resolve("journal")),
                        () -> "the gateway did not begin its journal");
                gateway.terminate();

                assertEquals(0, gateway.awaitExit(), gateway.err());
                assertFalse(gateway.err().contains("stopped: "), gateway.err());
            }
        }
    }

    @Test
    void aPortOfAnotherProgramAndAFileInPlaceOfADirectoryAreNamed() throws Exception {
        try (DatagramSocket another = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Spawned driver = role("driver")) {
            final Path file = Files.writeString(directory.resolve("file"), "something else\n");
            final String taken = "localhost:" + another.getLocalPort();
            assertReady(driver);
            try (Spawned gateway = role(
                            "gateway",
                            "--set",
                            "gateway.udp.requests=" + taken,
                            "--set",
                            "gateway.udp.answers=localhost:9");
                    Spawned fileUser = role("gateway", "--set", "journal.directory=" + file);
                    Spawned node = role("sequencer", "--node", "0", "--set", "sequencer.members=" + taken);
                    Spawned unknown = role("sequencer", "--node", "1", "--set", "sequencer.members=" + taken)) {
                assertRefused(gateway, 2, "udpRequests=" + taken);
                assertRefused(fileUser, 2, file.toString());
                assertEquals("something else\n", Files.readString(file));
                assertRefused(node, 2, "a port of this node cannot be used: node=0 endpoint=" + taken);
                assertRefused(unknown, 2, "there is no such node: --node 1 nodes=1");
            }
        }
    }

    @Test
    void aDirectoryThatIsNoJournalIsLeftAlone() throws Exception {
        final Path foreign = Files.createDirectories(directory.resolve("journal"));
        Files.writeString(foreign.resolve("journal.id"), "something else\n");
        try (Spawned driver = role("driver")) {
            assertReady(driver);
            try (Spawned gateway = role("gateway")) {
                assertRefused(gateway, 2, foreign.toString());
            }
        }
        assertEquals("something else\n", Files.readString(foreign.resolve("journal.id")));
        final InProcess audit = InProcess.run("audit", foreign.toString());
        assertEquals(2, audit.exitCode(), audit.err());
    }

    @Test
    void aRoleEndsWithTheInputThatItIsAttachedTo() throws Exception {
        try (Spawned driver = role("driver", "--attached")) {
            assertReady(driver);
            driver.endInput();
            assertEquals(0, driver.awaitExit(), driver.err());
        }
    }

    @Test
    void aRoleWhoseInputEndsTogetherWithItsSignalClosesInGoodOrder() throws Exception {
        try (Spawned driver = role("driver", "--attached")) {
            assertReady(driver);
            driver.endInput();
            driver.terminate();
            assertEquals(0, driver.awaitExit(), driver.err());
        }
    }

    /** Waits until the driver has given up a client that it did not hear of. */
    private static void awaitClientTimeout(final Path aeronDirectory) {
        final MappedByteBuffer mapped = IoUtil.mapExistingFile(
                aeronDirectory.resolve(CncFileDescriptor.CNC_FILE).toFile(), CncFileDescriptor.CNC_FILE);
        try {
            final DirectBuffer metaData = CncFileDescriptor.createMetaDataBuffer(mapped);
            final CountersReader counters = new CountersReader(
                    CncFileDescriptor.createCountersMetaDataBuffer(mapped, metaData),
                    CncFileDescriptor.createCountersValuesBuffer(mapped, metaData));
            Await.until(
                    () -> counters.getCounterValue(SystemCounterDescriptor.CLIENT_TIMEOUTS.id()) > 0,
                    () -> "the driver gave up no client");
        } finally {
            BufferUtil.free(mapped);
        }
    }

    private Spawned role(final String... args) throws IOException {
        final String[] all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--dir";
        all[args.length + 1] = directory.toString();
        return Spawned.start(directory, all);
    }

    /** What a killed driver leaves behind, the next one removes. */
    private void removeDriverDirectory() throws Exception {
        try (Spawned driver = role("driver")) {
            assertReady(driver);
        }
    }

    private static String assertReady(final Spawned role) throws IOException {
        final String ready = role.line();
        assertNotEquals(null, ready, role.err());
        assertTrue(ready.startsWith("READY role="), ready);
        return ready;
    }

    private static void assertRefused(final Spawned role, final int exitCode, final String reason) throws Exception {
        assertNull(role.line());
        assertEquals(exitCode, role.awaitExit(), role.err());
        assertTrue(role.err().contains(reason), role.err());
        assertFalse(role.err().contains("\tat "), role.err());
    }
}
