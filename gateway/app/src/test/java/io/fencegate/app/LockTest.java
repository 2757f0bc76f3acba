package io.fencegate.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.Ticket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that run under a lease: they get it, they lose it, and they are ended for it. */
@Timeout(300)
class LockTest {
    /** Says on standard output that it runs, and goes on until it is told to end. */
    private static final String PATIENT = "echo up; while :; do sleep 0.1; done";

    @TempDir
    private static Path directory;

    private static Path system;
    private static Spawned up;

    @BeforeAll
    static void startTheSystem() throws IOException {
        system = directory.resolve("system");
        up = Spawned.start(directory, "up", "--nodes", "1", "--dir", system.toString());
        assertNotEquals(null, up.line(), up.err());
    }

    @AfterAll
    static void stopTheSystem() {
        up.close();
    }

    @Test
    void aProgramHasTicketAndTokenAndItsExitCodeIsOurs() throws Exception {
        try (Spawned lock = lock("exits", "30s", "echo $FENCEGATE_TOKEN; echo $FENCEGATE_TICKET; exit 7")) {
            final String token = lock.line();
            final String ticket = lock.line();

            assertEquals(7, lock.awaitExit(), lock.err());
            assertEquals("exits", Ticket.parse(ticket).resource());
            assertEquals(token, Long.toString(Ticket.parse(ticket).token()));
        }
        final InProcess free = call("acquire", "exits", "--wait", "0s");
        assertEquals(0, free.exitCode(), "the lease was released: " + free.err());
    }

    @Test
    void theLeaseIsRenewedWhileTheProgramRuns() throws Exception {
        try (Spawned lock = lock("kept", "300ms", "sleep 1; kill -9 $$")) {
            assertEquals(128 + 9, lock.awaitExit(), lock.err());
        }
    }

    @Test
    void signalsArePassedOn() throws Exception {
        try (Spawned terminated = lock("terminated", "30s", "trap 'exit 9' TERM; " + PATIENT);
                Spawned interrupted = lock("interrupted", "30s", "trap 'exit 8' " + CtrlC.SIGNAL + "; " + PATIENT)) {
            assertEquals("up", terminated.line());
            assertEquals("up", interrupted.line());
            terminated.signal("TERM");
            interrupted.signal(CtrlC.SIGNAL);

            assertEquals(9, terminated.awaitExit(), terminated.err());
            assertEquals(8, interrupted.awaitExit(), interrupted.err());
        }
    }

    @Test
    void aSignalEndsTheWaitForTheLease() throws Exception {
        assertEquals(0, call("acquire", "awaited", "--ttl", "10m").exitCode());
        try (Spawned lock = lock("awaited", "30s", "echo never")) {
            lock.awaitErr("place 1 in the queue");
            lock.signal("TERM");

            assertEquals(128 + 15, lock.awaitExit(), lock.err());
            assertNull(lock.line(), "CMD did not run");
        }
    }

    @Test
    void aProgramWhoseLeaseIsRevokedIsEndedWithItsChildren() throws Exception {
        try (Spawned lock =
                lock("revoked", "1s", "trap '' TERM; sleep 1000 & echo $!; wait; wait", "--grace", "300ms")) {
            final long child = Long.parseLong(lock.line());
            assertEquals(0, call("revoke", "revoked").exitCode());

            assertEquals(1, lock.awaitExit(), lock.err());
            assertTrue(lock.err().contains("LEASE_LOST: the lease ended while CMD ran"), lock.err());
            assertTrue(lock.err().contains("end=REVOKED"), lock.err());
            assertTrue(lock.err().contains("SIGTERM and, after 300ms, SIGKILL"), lock.err());
            assertEnded(child);
        }
    }

    @Test
    void aProgramWhoseLeaseCannotBeConfirmedIsEnded() throws Exception {
        try (Spawned lock = lock("unconfirmed", "1s", PATIENT)) {
            assertEquals("up", lock.line());
            up.signal("STOP");
            try {
                assertEquals(3, lock.awaitExit(), lock.err());
            } finally {
                up.signal("CONT");
            }
            assertTrue(lock.err().contains("the lease is in danger"), lock.err());
            assertTrue(lock.err().contains("CMD was ended with SIGTERM\n"), lock.err());
            assertTrue(lock.err().contains("could not be confirmed for its whole time to live"), lock.err());
        }
    }

    @Test
    void aTimeToLiveShorterThanTheRoundTripIsToldBeforeItHurts() throws Exception {
        up.signal("STOP");
        try (Spawned command =
                Spawned.start(directory, "acquire", "brief", "--ttl", "50ms", "--dir", system.toString())) {
            try {
                command.awaitErr("waiting for the sequencer");
            } finally {
                up.signal("CONT");
            }
            assertEquals(0, command.awaitExit(), command.err());
            assertTrue(command.err().contains("shorter than the round trip: ttlMs=50"), command.err());
        }
    }

    private static Spawned lock(final String resource, final String ttl, final String script, final String... options)
            throws IOException {
        final List<String> args = new ArrayList<>(List.of("lock", resource, "--ttl", ttl, "--dir", system.toString()));
        args.addAll(List.of(options));
        args.addAll(List.of("--", "sh", "-c", script));
        return Spawned.start(directory, args.toArray(String[]::new));
    }

    private static void assertEnded(final long pid) {
        Await.until(
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty(),
                () -> "a child runs on: pid=" + pid);
    }

    private static InProcess call(final String... args) {
        final List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--dir", system.toString()));
        return InProcess.run(Map.of(), "", all.toArray(String[]::new));
    }
}
