package io.fencegate.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Ticket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
                "renew fg1.nonsense",
                "release nonsense",
                "write orders",
                "write orders --ticket nonsense",
                "read",
                "keygen"
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
    void aSystemThatDoesNotRunIsExitCode3() {
        final InProcess command = InProcess.run("acquire", "orders", "--dir", directory.toString());

        assertEquals(3, command.exitCode());
        assertTrue(command.err().contains("no system runs in dir=" + directory), command.err());
        assertFalse(command.err().contains("\tat "), command.err());
    }

    @Test
    void helpIsShownForEveryCommand() {
        for (final String name : new String[] {"acquire", "renew", "release", "write", "read", "leases", "keygen"}) {
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

    private static void assertSentence(final InProcess command) {
        assertEquals(2, command.exitCode(), command.err());
        assertEquals("", command.out());
        assertTrue(command.err().startsWith("fencegate: "), command.err());
        assertEquals(1, command.err().lines().count(), command.err());
        assertFalse(command.err().contains("\tat "), command.err());
    }
}
