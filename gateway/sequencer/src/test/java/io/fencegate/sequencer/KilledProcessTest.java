package io.fencegate.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.SealKey;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.TestClient.Answer;
import io.fencegate.sequencer.charter.LeaseSettings;
import io.fencegate.sequencer.upkeep.UpkeepConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process with a node in it is killed, and another goes on in its directories at once. */
class KilledProcessTest {
    private static final long ANN = 0xA000_0000_0000_0001L;

    @TempDir
    private Path directory;

    @Test
    void aNodeStartsRightAfterItsProcessWasKilledAndKnowsItsLeases() throws IOException, InterruptedException {
        final MemberEndpoints member = FreePorts.find("localhost", 1).get(0);
        final Queue<String> stops = new ConcurrentLinkedQueue<>();
        final Process process = start(member);
        try (TestClient client =
                new TestClient(directory.resolve("client"), MemberEndpoints.ingressEndpoints(List.of(member)))) {
            final Answer before = client.call(client.commands.acquire(ANN, 1, 60_000, 0, "orders"), 1);
            assertEquals("Granted", before.kind(), () -> output());

            process.destroyForcibly();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            client.dropSession();

            try (SequencerNode node =
                    SequencerNode.launch(config(directory, member), (id, reason, fact, cause) -> stops.add(fact))) {
                final Answer repeat = client.call(client.commands.acquire(ANN, 1, 60_000, 0, "orders"), 1);
                assertEquals(before.token(), repeat.token());
                final Answer next = client.call(client.commands.acquire(ANN, 2, 60_000, 0, "invoices"), 2);
                assertTrue(next.token() > before.token(), next::toString);
                assertEquals(0, node.errors());
            }
        } finally {
            process.destroyForcibly();
        }
        assertTrue(stops.isEmpty(), stops::toString);
    }

    /** The process that will be killed. */
    public static void main(final String[] args) throws IOException {
        final MemberEndpoints member = new MemberEndpoints(
                "localhost",
                Integer.parseInt(args[1]),
                Integer.parseInt(args[2]),
                Integer.parseInt(args[3]),
                Integer.parseInt(args[4]),
                Integer.parseInt(args[5]));
        try (SequencerNode node = SequencerNode.launch(
                config(Path.of(args[0]), member),
                (id, reason, fact, cause) -> Runtime.getRuntime().halt(5))) {
            System.out.println("launched member=" + node.memberId());
            // Until it is killed, or nobody is there any more who would.
            while (System.in.read() >= 0) {}
        }
    }

    private Process start(final MemberEndpoints member) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(List.of(
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                KilledProcessTest.class.getName(),
                directory.toString(),
                Integer.toString(member.ingressPort()),
                Integer.toString(member.consensusPort()),
                Integer.toString(member.logPort()),
                Integer.toString(member.catchupPort()),
                Integer.toString(member.archivePort())));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
    }

    private String output() {
        try {
            return Files.readString(directory.resolve("output"));
        } catch (final IOException e) {
            return e.toString();
        }
    }

    /** Synced, as it is deployed. */
    private static SequencerConfig config(final Path directory, final MemberEndpoints member) {
        return new SequencerConfig(
                0,
                List.of(member),
                NodeStorage.of(directory.resolve("node"), directory.resolve("aeron"), 1),
                SequencerTimings.embedded(),
                new SequencerConfig.Load(IdleMode.SLEEP, 10),
                new LeaseSettings(LeaseLimits.DEFAULT, SealKey.Source.of()),
                UpkeepConfig.DEFAULT);
    }
}
