package io.fencegate.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.app.cli.Terminal;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Ticket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong usage gets one sentence on standard error, exit code 2, and never a stack trace. */
class UsageTest {
    private static final String TICKET = Ticket.format(new Grant("orders", (1L << 40) + 1, 42, 30_000, 7));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wirte orders",
                "acquire",
                "acquire orders --tll 3s",
                "acquire orders --ttl 3",
                "acquire orders --ttl 1ms",
                "acquire orders --ttl 25h",
                "acquire orders --wait -1s",
                "acquire orders more",
                "acquire orders --set no.such=1",
                "acquire orders --set journal.durability=always",
                "acquire orders --config no-such-file",
                "acquire orders --profile desktop",
                "acquire orders --set nonsense",
                "acquire orders --set client.timeout=1s --set client.timeout=2s",
                "acquire orders --set gateway.udp.requests=localhost:1",
                "acquire orders --sequencer localhost:9000",
                "acquire orders --sequencer 0=localhost:99999",
                "read orders --gateway localhost:9000",
                "revoke",
                "raise-floor",
                "raise-floor orders",
                "raise-floor -- -1",
                "raise-floor 0",
                "raise-floor 7/0",
                "raise-floor 8388608/1",
                "raise-floor 1099511627776",
                "raise-floor 99999999999999999999",
                "lock orders",
                "lock orders --grace soon -- true",
                "lock -- true",
                "watch a b",
                "stat nonsense",
                "stat --watch=never",
                "release",
                "renew fg1.nonsense",
                "release nonsense",
                "write orders",
                "write orders --ticket nonsense",
                "read",
                "keygen",
                "keygen --append",
                "keygen --append --retire 0000000000000001 file",
                "keygen --retire nonsense file",
                "keygen --append no-such-file",
                "sequencer keys nonsense",
                "sequencer keys add",
                "sequencer keys add 123",
                "sequencer keys retire 000000000000000g",
                "sequencer keys add 0000000000000001 more"
            })
    void wrongUsageIsOneSentenceAndExitCode2(final String line) {
        final InProcess command = InProcess.run(line.isEmpty() ? new String[0] : line.split(" "));

        assertSentence(command);
    }

    @Test
    void namesThatAreNoneAreRefusedBeforeAnythingIsConnected() {
        assertSentence(InProcess.run("acquire", ""));
        assertSentence(InProcess.run("acquire", "x".repeat(129)));
        assertSentence(InProcess.run("read", "a\nb"));
        assertSentence(InProcess.run("leases", "x".repeat(129)));
    }

    @Test
    void aTicketThatWasCutOrAlteredIsRefusedWithoutShowingIt() {
        final String cut = TICKET.substring(0, TICKET.length() - 1);
        final String altered = TICKET.replace("orders", "orderz");

        for (final String ticket : new String[] {cut, altered, "", " ", "é".repeat(400), "fg2.x"}) {
            final InProcess command = InProcess.run("write", "orders", "--ticket", ticket);
            assertSentence(command);
            assertFalse(ticket.length() > 8 && command.err().contains(ticket), command.err());
        }
    }

    @Test
    void aTicketOfAnotherResourceIsRefused() {
        final InProcess command = InProcess.run(Map.of("FENCEGATE_TICKET", TICKET), "", "write", "invoices");

        assertSentence(command);
        assertTrue(command.err().contains("ticket=orders resource=invoices"), command.err());
    }

    @Test
    void withJsonAMistakeIsAnObjectOnStandardError() {
        final InProcess usage = InProcess.run("write", "orders", "--json", "--nonsense");
        final InProcess ticket = InProcess.run("write", "orders", "--json", "--ticket", "nonsense");

        for (final InProcess command : new InProcess[] {usage, ticket}) {
            assertEquals(2, command.exitCode());
            assertEquals("", command.out());
            assertTrue(command.err().startsWith("{\"error\":\"USAGE\",\"exitCode\":2,\"message\":"), command.err());
            assertEquals(1, command.err().lines().count(), command.err());
        }
    }

    @Test
    void aTicketOfANewerVersionSaysSo() {
        final InProcess command = InProcess.run("release", TICKET.replaceFirst("fg1", "fg2"));

        assertSentence(command);
        assertTrue(command.err().contains("version fg2"), command.err());
        assertTrue(command.err().contains("newer"), command.err());
    }

    @Test
    void aDirectoryInPlaceOfAFileIsRefused() {
        final String place = directory.toString();

        assertSentence(InProcess.run("write", "orders", "--ticket", TICKET, "--file", place));
        assertSentence(InProcess.run("acquire", "orders", "--config", place));
        assertSentence(InProcess.run("keygen", place));
        assertSentence(InProcess.run("gateway", "--dir", place, "--set", "seal.key.file=" + place));
    }

    @Test
    void aFileInPlaceOfADirectoryIsRefused() throws Exception {
        final Path file = Files.writeString(directory.resolve("file"), "");

        assertSentence(InProcess.run("driver", "--dir", file.toString()));
        assertSentence(InProcess.run("sequencer", "--dir", file.toString()));
        assertSentence(InProcess.run("audit", file.toString()));
        assertSentence(InProcess.run("keygen", file.resolve("key").toString()));
        assertSentence(InProcess.run("driver", "--dir", directory.toString(), "--set", "memory.directory=" + file));
    }

    @Test
    void aMemoryDirectoryWithoutSpaceIsRefusedWithTheSpaceThatIsNeeded() {
        final InProcess command =
                InProcess.run("driver", "--dir", directory.toString(), "--set", "memory.directory=/sys");

        assertSentence(command);
        assertTrue(
                command.err().matches("(?s).*needed=\\d+m free=0m drivers=1; .*set memory.directory.*"), command.err());
    }

    @Test
    void aProgramThatCannotBeRunIsToldAsAShellDoesIt() throws Exception {
        final Path text = Files.writeString(directory.resolve("text"), "");

        final InProcess missing = InProcess.run("lock", "orders", "--", "no-such-program-anywhere");
        final InProcess forbidden = InProcess.run("lock", "orders", "--", text.toString());
        final InProcess folder = InProcess.run("lock", "orders", "--", directory.toString());

        assertEquals(127, missing.exitCode(), missing.err());
        assertTrue(missing.err().contains("no lease was taken: cmd=no-such-program-anywhere"), missing.err());
        assertEquals(126, forbidden.exitCode(), forbidden.err());
        assertTrue(forbidden.err().contains("chmod +x"), forbidden.err());
        assertEquals(126, folder.exitCode(), folder.err());
    }

    @Test
    void whatStandsBehindTwoHyphensIsNotOurs() {
        final InProcess command = InProcess.run("lock", "orders", "--ttl", "never", "--", "true", "--json");

        assertSentence(command);
    }

    @Test
    void statOfASystemThatDoesNotRunIsExitCode3() {
        for (final String[] words : new String[][] {{"stat"}, {"sequencer", "status"}}) {
            final String[] args = Arrays.copyOf(words, words.length + 2);
            args[words.length] = "--dir";
            args[words.length + 1] = directory.toString();
            final InProcess command = InProcess.run(args);

            assertEquals(3, command.exitCode(), command.err());
            assertTrue(command.err().contains("nothing of this system runs"), command.err());
        }
    }

    @Test
    void nobodyWhoReadsIsNobodyToTell() {
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final OutputStream closed = new OutputStream() {
            @Override
            public void write(final int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        final Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(closed, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of());

        final int exitCode = Fencegate.run(terminal, "doctor", "--json");

        assertEquals(141, exitCode);
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aSystemThatDoesNotRunIsExitCode3() {
        final InProcess command = InProcess.run("acquire", "orders", "--dir", directory.toString());

        assertEquals(3, command.exitCode());
        assertTrue(command.err().contains("no system runs in dir=" + directory), command.err());
        assertFalse(command.err().contains("\tat "), command.err());
    }

    @Test
    void helpIsShownForEveryCommand() {
        for (final String name : new String[] {
            "acquire",
            "renew",
            "release",
            "revoke",
            "raise-floor",
            "lock",
            "write",
            "read",
            "leases",
            "watch",
            "stat",
            "keygen"
        }) {
            final InProcess command = InProcess.run(name, "--help");
            assertEquals(0, command.exitCode());
            assertTrue(command.out().contains("Usage: fencegate " + name), command.out());
        }
    }

    @Test
    void printConfigShowsEverySettingWithValueAndOrigin() {
        final InProcess command = InProcess.run(
                "acquire", "orders", "--print-config", "--set", "client.timeout=7s", "--dir", directory.toString());

        assertEquals(0, command.exitCode(), command.err());
        assertTrue(command.out().lines().anyMatch(line -> line.matches("client\\.timeout=7s +# --set;.*")));
        assertTrue(command.out().lines().anyMatch(line -> line.matches("journal\\.durability=process +# default;.*")));
        assertTrue(command.out().lines().anyMatch(line -> line.matches("threads\\.mode=shared +# profile laptop;.*")));
    }

    @Test
    void atSignsInArgumentsAreNoFiles() {
        assertSentence(InProcess.run("release", "@/etc/hostname"));
    }

    @Test
    void aKeyIsReadableByItsOwnerOnlyAndNeverOverwritten() throws Exception {
        final Path file = directory.resolve("seal.key");

        final InProcess first = InProcess.run("keygen", file.toString());
        final String key = Files.readString(file);
        final InProcess second = InProcess.run("keygen", file.toString());

        assertEquals(0, first.exitCode(), first.err());
        assertTrue(key.matches("[0-9a-f]{32}\n"));
        assertFalse(first.out().contains(key.strip()), "the key must not be shown");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertSentence(second);
        assertEquals(key, Files.readString(file));
    }

    @Test
    void aKeyIsAppendedAndAnotherOneRetired() throws Exception {
        final Path file = directory.resolve("seal.key");
        final String first = fingerprint(InProcess.run("keygen", file.toString()));
        final String second = fingerprint(InProcess.run("keygen", "--append", file.toString()));
        final InProcess retired = InProcess.run("keygen", file.toString(), "--retire", first, "--json");

        assertEquals("{\"file\":\"" + file + "\",\"fingerprint\":\"" + first + "\"}\n", retired.out());
        assertFalse(first.equals(second));
        assertSentence(InProcess.run("keygen", "--retire", second, file.toString()));
    }

    private static String fingerprint(final InProcess keygen) {
        assertEquals(0, keygen.exitCode(), keygen.err());
        return keygen.out().strip().replaceAll(".* fingerprint=", "");
    }

    private static void assertSentence(final InProcess command) {
        assertEquals(2, command.exitCode(), command.err());
        assertEquals("", command.out());
        assertTrue(command.err().startsWith("fencegate: "), command.err());
        assertEquals(1, command.err().lines().count(), command.err());
        assertFalse(command.err().contains("\tat "), command.err());
    }
}
