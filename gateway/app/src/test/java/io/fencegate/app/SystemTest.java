package io.fencegate.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Ticket;
import java.io.IOException;
import java.io.Reader;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands against one running {@code up}, in a process of its own, as in two terminals. */
@Timeout(300)
class SystemTest {
    @TempDir
    private static Path directory;

    private static Path system;
    private static Spawned up;
    private static String udpRequests;
    private static String udpAnswers;

    @BeforeAll
    static void startTheSystem() throws IOException {
        system = directory.resolve("a system");
        try (DatagramSocket requests = new DatagramSocket(0);
                DatagramSocket answers = new DatagramSocket(0)) {
            udpRequests = "localhost:" + requests.getLocalPort();
            udpAnswers = "localhost:" + answers.getLocalPort();
        }
        up = Spawned.start(
                directory,
                "up",
                "--nodes",
                "1",
                "--dir",
                system.toString(),
                "--set",
                "gateway.udp.requests=" + udpRequests,
                "--set",
                "gateway.udp.answers=" + udpAnswers);
        final String ready = up.line();
        assertNotEquals(null, ready, up.err());
        assertTrue(ready.startsWith("READY role=up"), ready);
    }

    @AfterAll
    static void stopTheSystem() {
        up.close();
    }

    @Test
    void aSecondHolderFencesTheFirstOne() {
        final String first = acquired("orders", "--ttl", "300ms");
        final InProcess hello = call("hello\n", "write", "orders", "--ticket", first);
        assertEquals(0, hello.exitCode(), hello.err());
        assertTrue(hello.out().startsWith("ACCEPTED resource=orders token="), hello.out());
        assertEquals("hello\n", call("", "read", "orders").out());

        // The wait in the queue ends when the first lease does.
        final String second = acquired("orders", "--ttl", "20s");
        final InProcess opened = call("", "write", "orders", "--ticket", second);
        assertEquals(0, opened.exitCode(), opened.err());

        final InProcess late = call("late\n", "write", "orders", "--ticket", first);
        assertEquals(1, late.exitCode());
        assertEquals("", late.out());
        assertTrue(late.err().contains("STALE_TOKEN"), late.err());
        assertTrue(late.err().contains(Long.toString(Ticket.parse(first).token())), late.err());
        assertTrue(late.err().contains(Long.toString(Ticket.parse(second).token())), late.err());

        final InProcess json = call("late\n", "write", "orders", "--ticket", first, "--json");
        assertEquals(1, json.exitCode());
        assertTrue(
                json.out().startsWith("{\"verdict\":\"STALE_TOKEN\",\"resource\":\"orders\",\"token\":"), json.out());
        assertTrue(json.out().contains("\"fenceToken\":" + Ticket.parse(second).token()), json.out());

        assertEquals("hello\n", call("", "read", "orders").out());
        assertEquals(0, call("world\n", "write", "orders", "--ticket", second).exitCode());
        assertEquals("world\n", call("", "read", "orders").out());
    }

    @Test
    void aRepeatedCommandGoesOnBehindTheLastAcceptedRecord() {
        final String ticket = acquired("ledger");

        final InProcess first = call("a\nb", "write", "ledger", "--ticket", ticket, "--json");
        final InProcess second = InProcess.run(
                Map.of("FENCEGATE_TICKET", ticket), "c\n", "write", "ledger", "--dir", system.toString(), "--json");

        assertEquals(List.of("1", "2"), field(first.out(), "sequence"));
        assertEquals(List.of("3"), field(second.out(), "sequence"));
        assertEquals(List.of("ACCEPTED", "ACCEPTED"), field(first.out(), "verdict"));
        final InProcess read = call("", "read", "ledger", "--json");
        assertEquals(List.of("c"), field(read.out(), "payload"));
        assertEquals(field(second.out(), "position"), field(read.out(), "position"));
    }

    @Test
    void whoDoesNotWaitIsDeniedAndWhoWaitsInVainIsTold() {
        final String ticket = acquired("busy");

        final InProcess denied = call("", "acquire", "busy", "--wait", "0s", "--json");
        final InProcess timedOut = call("", "acquire", "busy", "--wait", "300ms");

        assertEquals(1, denied.exitCode());
        assertEquals(List.of("DENIED"), field(denied.out(), "verdict"));
        assertEquals(List.of(Long.toString(Ticket.parse(ticket).token())), field(denied.out(), "currentToken"));
        assertEquals(1, timedOut.exitCode());
        assertTrue(timedOut.err().contains("WAIT_TIMED_OUT"), timedOut.err());
        assertEquals("", timedOut.out());
    }

    @Test
    void aLeaseIsRenewedListedAndReleasedAndThenLost() {
        final String ticket = acquired("listed/one", "--ttl", "20s");

        final InProcess renewed = call("", "renew", ticket, "--ttl", "40s");
        assertEquals(0, renewed.exitCode(), renewed.err());
        assertEquals(Ticket.parse(ticket).token(), Ticket.parse(renewed.out()).token());
        final InProcess listed = call("", "leases", "listed/", "--json");
        assertEquals(List.of("listed/one"), field(listed.out(), "resource"));
        assertEquals(List.of(Long.toString(Ticket.parse(ticket).token())), field(listed.out(), "token"));

        assertEquals(0, call("", "release", ticket).exitCode());
        final InProcess lost = call("", "renew", ticket);
        assertEquals(1, lost.exitCode());
        assertTrue(lost.err().contains("LEASE_LOST"), lost.err());
        assertEquals(1, call("", "leases", "listed/").out().lines().count(), "only the header");
    }

    @Test
    void aForgedTicketOpensNothing() {
        final Grant grant = Ticket.parse(acquired("sealed"));
        final String forged =
                Ticket.format(new Grant("sealed", grant.token() + 1, grant.clientId(), 1000, grant.seal()));

        final InProcess refused = call("x\n", "write", "sealed", "--ticket", forged, "--json");

        assertEquals(1, refused.exitCode());
        assertEquals(List.of("BAD_SEAL"), field(refused.out(), "verdict"));
        assertEquals(
                0,
                call("x\n", "write", "sealed", "--ticket", Ticket.format(grant)).exitCode());
    }

    @Test
    void whatIsTooLongOrWasNeverWrittenIsRefused() throws IOException {
        final String ticket = acquired("limits");
        final Path file = Files.write(directory.resolve("long"), new byte[(64 << 10) + 1]);

        final InProcess tooLarge = call("", "write", "limits", "--ticket", ticket, "--file", file.toString(), "--json");
        final InProcess longLine = call("x".repeat((64 << 10) + 1), "write", "limits", "--ticket", ticket);
        final InProcess noRecord = call("", "read", "limits", "--json");

        assertEquals(1, tooLarge.exitCode());
        assertEquals(List.of("TOO_LARGE"), field(tooLarge.out(), "verdict"));
        assertEquals(1, longLine.exitCode());
        assertTrue(longLine.err().contains("TOO_LARGE"), longLine.err());
        assertEquals(1, noRecord.exitCode());
        assertEquals(List.of("NO_RECORD"), field(noRecord.out(), "verdict"));
    }

    @Test
    void aFileIsOneRecordWithAllItsBytes() throws IOException {
        final byte[] bytes = {0, 1, '\n', (byte) 0xff, '\r', '\n'};
        final Path file = Files.write(directory.resolve("bytes"), bytes);
        final String ticket = acquired("datei/ä");

        assertEquals(
                0,
                call("", "write", "datei/ä", "--ticket", ticket, "--file", file.toString())
                        .exitCode());

        assertEquals(
                List.of("AAEK/w0K"), field(call("", "read", "datei/ä", "--json").out(), "payloadBase64"));
    }

    @Test
    void aClientElsewhereBringsItsOwnDriverAndComesOverUdp() throws IOException {
        final String elsewhere = directory.resolve("elsewhere").toString();
        final Properties endpoints = new Properties();
        try (Reader reader = Files.newBufferedReader(system.resolve("endpoints.properties"))) {
            endpoints.load(reader);
        }
        final String sequencer = endpoints.getProperty("client.sequencer.endpoints");
        final String gateway = "aeron:udp?endpoint=" + udpRequests + "|control=" + udpAnswers;

        final InProcess acquired =
                InProcess.run("acquire", "far", "--dir", elsewhere, "--sequencer", sequencer, "--timeout", "20s");
        assertEquals(0, acquired.exitCode(), acquired.err());
        final InProcess written = InProcess.run(
                Map.of("FENCEGATE_TICKET", acquired.out()),
                "from afar\n",
                "write",
                "far",
                "--dir",
                elsewhere,
                "--gateway",
                gateway);
        assertEquals(0, written.exitCode(), written.err());
        assertEquals("from afar\n", call("", "read", "far").out());
    }

    @Test
    void theDirectoryBelongsToOneSystem() throws Exception {
        try (Spawned second = Spawned.start(directory, "up", "--dir", system.toString())) {
            assertEquals(2, second.awaitExit());
            assertTrue(second.err().contains("the directory is in use"), second.err());
            assertEquals(null, second.line());
            assertFalse(second.err().contains("\tat "), second.err());
        }
    }

    @Test
    void theJournalOfARunningGatewayIsAudited() {
        final String ticket = acquired("audited");
        call("one\ntwo\n", "write", "audited", "--ticket", ticket);
        final String dir = system.toString();

        final InProcess report = InProcess.run("audit", dir, "--verify");
        final InProcess json = InProcess.run("audit", dir, "--resource", "audited", "--json");
        final InProcess csv = InProcess.run("audit", dir + "/journal", "--resource", "audited", "--format", "csv");
        final InProcess nothing = InProcess.run("audit", dir, "--from", "1000000000", "--json");
        final InProcess wrong =
                InProcess.run("audit", directory.resolve("missing").toString());

        assertEquals(0, report.exitCode(), report.err());
        assertTrue(report.out().startsWith("intact: "), report.out());
        assertEquals(0, json.exitCode(), json.err());
        assertEquals(List.of("fenceRaised", "writeAccepted", "writeAccepted"), field(json.out(), "kind"));
        assertEquals(List.of("1", "2"), field(json.out(), "sequence"));
        assertEquals(4, csv.out().lines().count(), csv.out());
        assertTrue(csv.out().startsWith("position,generation,time,kind,resource,token,"), csv.out());
        assertEquals("", nothing.out());
        assertEquals(2, wrong.exitCode());
    }

    @Test
    void aTicketOfAnotherSystemSaysSoOnBothSides() {
        final String foreign = Ticket.format(new Grant("foreign", (9L << 40) + 1, 42, 30_000, 7));

        final InProcess written = call("x\n", "write", "foreign", "--ticket", foreign);
        final InProcess renewed = call("", "renew", foreign);

        assertEquals(1, written.exitCode());
        assertTrue(written.err().contains("BAD_SEAL"), written.err());
        assertTrue(written.err().contains("it is of another system, or was altered"), written.err());
        assertEquals(1, renewed.exitCode());
        assertTrue(renewed.err().contains("knows no such lease"), renewed.err());
        assertTrue(renewed.err().contains("its ticket is of another system"), renewed.err());
    }

    @Test
    void aRevokedHolderIsFencedAtOnce() {
        final String ticket = acquired("revoked", "--ttl", "10m");
        assertEquals(0, call("one\n", "write", "revoked", "--ticket", ticket).exitCode());

        final InProcess revoked = call("", "revoke", "revoked", "--json");
        final InProcess late = call("late\n", "write", "revoked", "--ticket", ticket);
        final InProcess again = call("", "revoke", "revoked");

        assertEquals(0, revoked.exitCode(), revoked.err());
        assertEquals(List.of("REVOKED"), field(revoked.out(), "verdict"));
        assertEquals(List.of("true"), field(revoked.out(), "fenced"));
        assertEquals(List.of(Long.toString(Ticket.parse(ticket).token())), field(revoked.out(), "revokedToken"));
        assertEquals(1, late.exitCode());
        assertTrue(late.err().contains("STALE_TOKEN"), late.err());
        assertEquals(1, again.exitCode());
        assertTrue(again.err().contains("nobody holds the lease"), again.err());
    }

    @Test
    void aSequencerAloneRevokesAndSaysThatNobodyIsFenced() throws IOException {
        final String ticket = acquired("unfenced", "--ttl", "10m");
        final Properties endpoints = new Properties();
        try (Reader reader = Files.newBufferedReader(system.resolve("endpoints.properties"))) {
            endpoints.load(reader);
        }

        final InProcess revoked = InProcess.run(
                "revoke",
                "unfenced",
                "--dir",
                directory.resolve("elsewhere").toString(),
                "--sequencer",
                endpoints.getProperty("client.sequencer.endpoints"));

        assertEquals(0, revoked.exitCode(), revoked.err());
        assertTrue(revoked.err().contains("the gateway was not told"), revoked.err());
        assertEquals(0, call("x\n", "write", "unfenced", "--ticket", ticket).exitCode(), "as the sentence says");
    }

    @Test
    void aWatchShowsEventsUntilCtrlCOrUntilNobodyReads() throws Exception {
        try (Spawned watch = Spawned.start(directory, "watch", "watched/", "--json", "--dir", system.toString());
                Spawned unread = Spawned.start(directory, "watch", "watched/", "--dir", system.toString())) {
            assertEquals(List.of("WATCHING"), field(watch.line(), "kind"));
            assertTrue(unread.line().startsWith("WATCHING"));
            unread.closeOutput();
            final String ticket = acquired("watched/one");
            assertEquals(0, call("", "release", ticket).exitCode());

            assertEquals(List.of("GRANTED"), field(watch.line(), "kind"));
            final String released = watch.line();
            assertEquals(List.of("RELEASED"), field(released, "kind"));
            assertEquals(List.of("watched/one"), field(released, "resource"));
            watch.signal(CtrlC.SIGNAL);
            assertEquals(0, watch.awaitExit(), watch.err());
            assertEquals(0, unread.awaitExit(), unread.err());
            assertFalse(unread.err().contains("Exception"), unread.err());
        }
    }

    @Test
    void countersAreReadFromOutside() {
        acquired("counted", "--ttl", "10m");

        final InProcess stat = call("", "stat", "--json");
        final InProcess status = call("", "sequencer", "status", "--json");
        assertEquals(0, status.exitCode(), status.err());
        final InProcess table = call("", "stat", "gateway");

        assertEquals(List.of("gateway", "driver", "sequencer"), field(stat.out(), "role"), stat.err());
        assertTrue(field(stat.out(), "state").containsAll(List.of("SERVING", "ACTIVE")), stat.out());
        assertEquals(List.of("LEADER"), field(status.out(), "nodeRole"), status.err());
        assertTrue(Long.parseLong(field(status.out(), "leases").get(0)) >= 1, status.out());
        assertTrue(Long.parseLong(field(status.out(), "positionApplied").get(0)) > 0, status.out());
        assertEquals(1, field(status.out(), "keys").size());
        assertTrue(table.out().lines().anyMatch(line -> line.matches("gateway +state +SERVING")), table.out());
    }

    @Test
    void whoeverDoesNotAnswerIsNamed() throws IOException {
        final String elsewhere = directory.resolve("elsewhere").toString();
        try (DatagramSocket another = new DatagramSocket(0)) {
            final String place = "localhost:" + another.getLocalPort();
            final InProcess acquire = InProcess.run(
                    "acquire", "x", "--dir", elsewhere, "--sequencer", "0=" + place, "--wait", "0s", "--timeout", "1s");
            final InProcess read = InProcess.run(
                    "read",
                    "x",
                    "--dir",
                    elsewhere,
                    "--gateway",
                    "aeron:udp?endpoint=" + place + "|control=" + place,
                    "--timeout",
                    "1s");
            final InProcess unknown = InProcess.run(
                    "acquire",
                    "x",
                    "--dir",
                    elsewhere,
                    "--sequencer",
                    "0=no..such.host:9000",
                    "--wait",
                    "0s",
                    "--timeout",
                    "1s");

            assertEquals(3, acquire.exitCode());
            assertTrue(acquire.err().contains("endpoints=0=" + place), acquire.err());
            assertEquals(3, read.exitCode());
            assertTrue(read.err().contains("channel=aeron:udp?endpoint=" + place), read.err());
            assertEquals(3, unknown.exitCode());
            assertTrue(unknown.err().contains("hosts=no..such.host"), unknown.err());
        }
    }

    private static String acquired(final String resource, final String... options) {
        final List<String> args = new ArrayList<>(List.of("acquire", resource));
        args.addAll(Arrays.asList(options));
        final InProcess acquired = call("", args.toArray(new String[0]));
        assertEquals(0, acquired.exitCode(), acquired.err());
        assertEquals(1, acquired.out().lines().count(), "the ticket and nothing else");
        return acquired.out().strip();
    }

    private static InProcess call(final String input, final String... args) {
        final List<String> all = new ArrayList<>(Arrays.asList(args));
        all.addAll(List.of("--dir", system.toString()));
        return InProcess.run(Map.of(), input, all.toArray(new String[0]));
    }

    /** The values of a field, one for each line of JSON that has it. */
    private static List<String> field(final String lines, final String name) {
        final Matcher matcher = Pattern.compile(
                        "(?:^\\{|,)\"" + name + "\":(?:\"([^\"]*)\"|([^,}]*))", Pattern.MULTILINE)
                .matcher(lines);
        final List<String> values = new ArrayList<>();
        while (matcher.find()) {
            values.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return values;
    }
}
