package io.fencegate.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.MediaDriver;
import io.fencegate.client.error.StaleTokenException;
import io.fencegate.client.lease.Lease;
import io.fencegate.client.lease.LeaseKeeper;
import io.fencegate.client.lease.LeaseListener;
import io.fencegate.client.lease.PendingLease;
import io.fencegate.codecs.wire.AcquireDecoder;
import io.fencegate.codecs.wire.GrantedEncoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.codecs.wire.ReleaseDecoder;
import io.fencegate.codecs.wire.ReleasedEncoder;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the javadoc and the README compiles, runs, and stands there as it runs here. */
class ExampleTest {
    private static final Path MODULE = Path.of(System.getProperty("root.directory"), "gateway", "client");
    private static final long TOKEN = Token.of(1, 1);
    private static final String BEGIN = "// example: begin";
    private static final String END = "// example: end";

    @TempDir
    Path directory;

    private ScriptedSequencer sequencer;

    @Test
    void theExampleRuns() {
        try (MediaDriver driver = TestDriver.launch(directory.resolve("aeron"));
                ScriptedGateway gateway = new ScriptedGateway(driver.aeronDirectoryName());
                ScriptedSequencer scripted = new ScriptedSequencer(directory)) {
            sequencer = scripted;
            sequencer.script.add(List.of(ExampleTest::granted));
            sequencer.script.add(List.of(ExampleTest::released));
            assertEquals("sequence=1 position=1", printed(driver.aeronDirectoryName()));
            assertEquals(2, sequencer.commands.size());
            fenceByAnother(driver.aeronDirectoryName());
            sequencer.script.add(List.of(ExampleTest::granted));
            sequencer.script.add(List.of(ExampleTest::released));
            assertEquals("fenced: ours=" + TOKEN + " newer=" + (TOKEN + 1), printed(driver.aeronDirectoryName()));
            assertEquals(1, gateway.records());
        }
    }

    @Test
    void theJavadocAndTheReadmeShowWhatRuns() throws IOException {
        final String test = Files.readString(
                MODULE.resolve("src/test/java/io/fencegate/client/ExampleTest.java"), StandardCharsets.UTF_8);
        final String example = example(test, "void example(");
        final String keeping = example(test, "void keeping(");
        final String javadoc = Files.readString(
                MODULE.resolve("src/main/java/io/fencegate/client/FencegateClient.java"), StandardCharsets.UTF_8);
        assertTrue(example.contains("FencegateClient.connect"));
        assertTrue(keeping.contains("client.keep("));
        final String shown = normal(javadoc.replaceAll("(?m)^ \\*", ""));
        assertTrue(shown.contains(example), "javadoc of FencegateClient");
        assertTrue(shown.contains(keeping), "javadoc of FencegateClient, the example of keeping");
        assertTrue(normal(Files.readString(MODULE.resolve("README.md"))).contains(example), "README.md");
    }

    private static String example(final String test, final String method) {
        final int begin = test.indexOf(BEGIN, test.indexOf("private void " + method.substring(5)));
        return normal(test.substring(begin + BEGIN.length(), test.indexOf(END, begin)));
    }

    @Test
    void theExampleOfKeepingRuns() {
        try (MediaDriver driver = TestDriver.launch(directory.resolve("aeron"));
                ScriptedSequencer scripted = new ScriptedSequencer(directory)) {
            scripted.law = templateId -> List.of(
                    templateId == AcquireDecoder.TEMPLATE_ID
                            ? ExampleTest::granted
                            : SequencerAnswers.renewed(20_000, 1));
            final ClientConfig config =
                    ClientConfig.of(driver.aeronDirectoryName()).withSequencer(scripted.ingressEndpoints());
            final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (FencegateClient client = FencegateClient.connect(config)) {
                keeping(client, new Told(), new PrintStream(bytes, true, StandardCharsets.UTF_8));
            }
            assertEquals(
                    "kept=orders acquired=invoices",
                    bytes.toString(StandardCharsets.UTF_8).strip());
        }
    }

    private void keeping(final FencegateClient client, final LeaseListener listener, final PrintStream out) {
        final IdleStrategy idleStrategy = new SleepingMillisIdleStrategy(1);
        // example: begin
        Lease lease = client.acquire("orders", Duration.ofSeconds(20), Duration.ZERO);
        try (LeaseKeeper keeper = client.keep(lease, listener)) {
            PendingLease next = client.offerAcquire("invoices", Duration.ofSeconds(20), Duration.ofSeconds(5));
            while (keeper.isKeeping() && !next.isDone()) {
                idleStrategy.idle(client.poll());
            }
            out.println("kept=" + keeper.lease().resource() + " acquired="
                    + next.lease().resource());
        }
        // example: end
    }

    private void example(final String aeronDirectory, final String endpoints, final PrintStream out) {
        // example: begin
        ClientConfig config =
                ClientConfig.of(aeronDirectory).withSequencer(endpoints).withGateway("aeron:ipc");
        try (FencegateClient client = FencegateClient.connect(config)) {
            Lease lease = client.acquire("orders", Duration.ofSeconds(20), Duration.ofSeconds(5));
            try (FencedWriter writer = client.open(lease.grant())) {
                Receipt receipt = writer.write("hello".getBytes(StandardCharsets.UTF_8));
                out.println("sequence=" + receipt.sequence() + " position=" + receipt.position());
            } catch (StaleTokenException ex) {
                out.println("fenced: ours=" + ex.ourToken() + " newer=" + ex.fenceToken());
            }
            client.release(lease.grant());
        }
        // example: end
    }

    private String printed(final String aeronDirectory) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        example(aeronDirectory, sequencer.ingressEndpoints(), new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }

    private static void fenceByAnother(final String aeronDirectory) {
        final ClientConfig config = ClientConfig.of(aeronDirectory).withGateway("aeron:ipc");
        try (FencegateClient other = FencegateClient.connect(config)) {
            other.open(new Grant("orders", TOKEN + 1, other.clientId(), 1_000, 0))
                    .close();
        }
    }

    private static String normal(final String text) {
        return text.lines().map(String::strip).collect(Collectors.joining(" ")).replaceAll("\\s+", "");
    }

    private static int granted(final UnsafeBuffer command, final UnsafeBuffer answer) {
        final AcquireDecoder acquire = new AcquireDecoder().wrapAndApplyHeader(command, 0, new MessageHeaderDecoder());
        final GrantedEncoder granted = new GrantedEncoder()
                .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                .requestId(acquire.requestId())
                .clientId(acquire.clientId())
                .token(TOKEN)
                .seal(0)
                .ttlMs(acquire.ttlMs())
                .remainingMs(acquire.ttlMs())
                .resource(acquire.resource());
        return MessageHeaderEncoder.ENCODED_LENGTH + granted.encodedLength();
    }

    private static int released(final UnsafeBuffer command, final UnsafeBuffer answer) {
        final ReleaseDecoder release = new ReleaseDecoder().wrapAndApplyHeader(command, 0, new MessageHeaderDecoder());
        final ReleasedEncoder released = new ReleasedEncoder()
                .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                .requestId(release.requestId())
                .clientId(release.clientId())
                .token(release.token());
        return MessageHeaderEncoder.ENCODED_LENGTH + released.encodedLength();
    }
}
