package io.fencegate.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.Ticket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A system that is stopped in good order, killed, and started again on what it left. */
@Timeout(300)
class RestartTest {
    @TempDir
    private Path directory;

    @Test
    void whatWasAcknowledgedSurvivesAStopAndAKill() throws Exception {
        final String ticket;
        try (Spawned up = up()) {
            ticket = call("", "acquire", "orders", "--ttl", "10m").out().strip();
            assertEquals(0, call("one\n", "write", "orders", "--ticket", ticket).exitCode());
            up.kill();
            up.awaitExit();
        }
        try (Spawned up = up()) {
            assertEquals("one\n", call("", "read", "orders").out(), "after kill -9");
            final InProcess two = call("two\n", "write", "orders", "--ticket", ticket);
            assertEquals(0, two.exitCode(), two.err());
            assertTrue(two.out().contains("sequence=2 generation=2"), two.out());
            assertEquals(0, call("", "renew", ticket).exitCode(), "leases survive too");
            up.terminate();
            assertEquals(0, up.awaitExit(), up.err());
            assertFalse(Files.exists(system().resolve("endpoints.properties")), "nobody is there any more");
            assertEquals(3, call("", "read", "orders").exitCode());
        }
        try (Spawned up = up()) {
            assertEquals("two\n", call("", "read", "orders").out(), "after a stop in good order" + up.err());
            final InProcess audit = InProcess.run("audit", system().toString(), "--verify", "--json");
            assertEquals(0, audit.exitCode(), audit.err());
            assertTrue(audit.out().contains("\"writesAccepted\":2"), audit.out());
            assertTrue(audit.out().contains("\"generations\":3"), audit.out());
        }
        damage("two");
        final InProcess audit = InProcess.run("audit", system().toString(), "--verify");
        assertEquals(4, audit.exitCode(), audit.err());
        assertTrue(audit.out().startsWith("VIOLATED: file="), audit.out());
        try (Spawned up = Spawned.start(directory, "up", "--nodes", "1", "--dir", system().toString())) {
            assertEquals(4, up.awaitExit(), up.err());
            assertTrue(up.err().contains("position=") && up.err().contains("reason"), up.err());
            assertFalse(up.err().contains("\tat "), up.err());
        }
    }

    @Test
    void aSequencerThatLostItsFolderIsHealedByWhoeverLocksOrWrites() throws Exception {
        final long earlier;
        try (Spawned up = up()) {
            call("", "acquire", "invoices", "--ttl", "10m");
            final String ticket =
                    call("", "acquire", "orders", "--ttl", "10m").out().strip();
            assertEquals(0, call("one\n", "write", "orders", "--ticket", ticket).exitCode());
            earlier = Ticket.parse(ticket).token();
            loseSequencer(up);
        }
        final long locked;
        try (Spawned up = up()) {
            final Path told = directory.resolve("token");
            final InProcess lock = InProcess.run(
                    "lock",
                    "--dir",
                    system().toString(),
                    "orders",
                    "--",
                    "/bin/sh",
                    "-c",
                    "echo $FENCEGATE_TOKEN > " + told);
            assertEquals(0, lock.exitCode(), lock.err());
            assertTrue(lock.err().contains("the lease was released and acquired again"), lock.err());
            locked = Long.parseLong(Files.readString(told).strip());
            assertTrue(locked > earlier, "earlier=" + earlier);
            loseSequencer(up);
        }
        try (Spawned up = up()) {
            final String ticket =
                    call("", "acquire", "orders", "--ttl", "10m").out().strip();
            final InProcess written = call("two\n", "write", "orders", "--ticket", ticket);
            assertEquals(0, written.exitCode(), written.err());
            assertTrue(written.err().contains("goes on under another ticket: fg1.orders."), written.err());
            final Matcher token =
                    Pattern.compile("ACCEPTED resource=orders token=(\\d+) ").matcher(written.out());
            assertTrue(token.find(), written.out());
            assertTrue(Long.parseLong(token.group(1)) > locked, written.out());
            assertEquals(
                    1, call("late\n", "write", "orders", "--ticket", ticket).exitCode(), "the old ticket is over");
            final InProcess floor = call("", "raise-floor", token.group(1));
            assertEquals(0, floor.exitCode(), floor.err());
            assertTrue(floor.out().startsWith("FLOOR_KEPT above token=" + token.group(1)), floor.out());
            assertEquals("two\n", call("", "read", "orders").out(), up.err());
        }
    }

    private void loseSequencer(final Spawned up) throws Exception {
        up.kill();
        up.awaitExit();
        IoUtil.delete(system().resolve("sequencer").toFile(), false);
    }

    @Test
    void theKeyIsReplacedAndANodeThatLacksTheOldOneDoesNotReadItsLog() throws Exception {
        final Path file = system().resolve("seal.key");
        final String first;
        try (Spawned up = up()) {
            final String ticket =
                    call("", "acquire", "orders", "--ttl", "10m").out().strip();
            first = call("", "sequencer", "keys").out().replaceAll("(?s)revision=1 keys=(\\w{16}) .*", "$1");
            final InProcess unknown = call("", "sequencer", "keys", "add", "0123456789abcdef");
            assertEquals(2, unknown.exitCode(), unknown.err());
            assertTrue(unknown.err().contains("does not have that key: fingerprint=0123456789abcdef"), unknown.err());
            final InProcess last = call("", "sequencer", "keys", "retire", first, "--json");
            assertEquals(1, last.exitCode(), last.err());
            assertTrue(last.out().contains("\"verdict\":\"LAST_KEY\""), last.out());

            final String second = InProcess.run("keygen", "--append", file.toString())
                    .out()
                    .strip()
                    .replaceAll(".* fingerprint=", "");
            final InProcess added = call("", "sequencer", "keys", "add", second);
            assertEquals("revision=2 keys=" + second + "," + first + " retirementPosition=0\n", added.out());
            final InProcess renewed = call("", "renew", ticket);
            assertNotEquals(ticket, renewed.out().strip(), "resealed");
            assertEquals(
                    0,
                    InProcess.run("keygen", "--retire", first, file.toString()).exitCode());
            up.awaitErr("takes other keys: fingerprints=" + second + System.lineSeparator());
            final InProcess stale = call("one\n", "write", "orders", "--ticket", ticket);
            assertTrue(stale.exitCode() == 1 && stale.err().contains("BAD_SEAL"), stale.err());
            final InProcess retired = call("", "sequencer", "keys", "retire", first, "--json");
            assertTrue(
                    retired.out().startsWith("{\"revision\":3,\"keys\":[\"" + second + "\"],\"retirementPosition\":"),
                    retired.out());
            final InProcess write =
                    call("one\n", "write", "orders", "--ticket", renewed.out().strip());
            assertEquals(0, write.exitCode(), write.err());
            final InProcess status = call("", "sequencer", "status");
            assertTrue(status.out().contains("keys: " + second + "\n"), status.out());
        }
        // Its log says everything from the first key on: nobody has taken a snapshot.
        Files.writeString(file, Files.readAllLines(file).get(1) + "\n");
        try (Spawned up = Spawned.start(directory, "up", "--nodes", "1", "--dir", system().toString())) {
            assertEquals(2, up.awaitExit(), up.err());
            assertTrue(up.err().contains("fingerprint=" + first.substring(0, 15) + "?"), up.err());
            assertFalse(up.err().contains("\tat "), up.err());
        }
    }

    /** Changes one byte of a payload where it stands in the journal. */
    private void damage(final String payload) throws IOException {
        final byte[] wanted = payload.getBytes(StandardCharsets.UTF_8);
        int changed = 0;
        try (var files = Files.walk(system().resolve("journal"))) {
            for (final Path file :
                    files.filter(path -> path.toString().endsWith(".cq4")).toList()) {
                final byte[] bytes = Files.readAllBytes(file);
                for (int i = 0; i + wanted.length <= bytes.length; i++) {
                    if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                        bytes[i]++;
                        changed++;
                        i = bytes.length;
                    }
                }
                Files.write(file, bytes);
            }
        }
        assertEquals(1, changed, "the payload stands in the journal once");
    }

    @Test
    void anotherNumberOfNodesIsRefused() throws Exception {
        Files.createDirectories(system().resolve("sequencer/node0"));
        try (Spawned up = Spawned.start(directory, "up", "--nodes", "3", "--dir", system().toString())) {
            assertEquals(2, up.awaitExit());
            assertTrue(up.err().contains("nodes=1 asked=3"), up.err());
        }
    }

    private Spawned up() throws IOException {
        final Spawned up = Spawned.start(directory, "up", "--nodes", "1", "--dir", system().toString());
        final String ready = up.line();
        assertNotEquals(null, ready, up.err());
        return up;
    }

    private Path system() {
        return directory.resolve("system");
    }

    private InProcess call(final String input, final String... args) {
        final String[] all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--dir";
        all[args.length + 1] = system().toString();
        return InProcess.run(Map.of(), input, all);
    }
}
