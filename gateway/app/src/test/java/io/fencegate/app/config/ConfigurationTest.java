package io.fencegate.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.storage.durability.Durability;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings are parsed, validated and frozen before anything is built. */
class ConfigurationTest {
    @TempDir
    private Path directory;

    @Test
    void everySettingHasItsDefaultWhereNobodySaysOtherwise() {
        final Configuration configuration = Configuration.of(Settings.all(), List.of());

        assertEquals(ThreadsMode.SHARED, configuration.get(Settings.THREADS_MODE));
        assertEquals(Durability.PROCESS, configuration.get(Settings.JOURNAL_DURABILITY));
        assertEquals(10_000L, configuration.get(Settings.CLIENT_TIMEOUT));
        assertEquals(Configuration.DEFAULT_ORIGIN, configuration.origin(Settings.CLIENT_TIMEOUT));
    }

    @Test
    void theLaterSourceWinsAndIsNamedAsOrigin() {
        final Configuration configuration = Configuration.of(
                Settings.all(),
                List.of(
                        new Source("file a", Map.of("journal.durability", "disk", "fences.capacity", "7")),
                        new Source("flag", Map.of("journal.durability", "process"))));

        assertEquals(Durability.PROCESS, configuration.get(Settings.JOURNAL_DURABILITY));
        assertEquals("flag", configuration.origin(Settings.JOURNAL_DURABILITY));
        assertEquals(7, configuration.get(Settings.FENCES_CAPACITY));
        assertEquals("file a", configuration.origin(Settings.FENCES_CAPACITY));
    }

    @Test
    void anUnknownSettingIsAMistakeThatNamesItsOriginAndTheNearestName() {
        final String message = messageOf(Map.of("journal.durabilty", "disk"));

        assertTrue(message.contains("unknown setting: journal.durabilty (file x)"), message);
        assertTrue(message.contains("did you mean journal.durability?"), message);
    }

    @Test
    void anUnknownSettingOfAeronIsAMistakeToo() {
        final String message = messageOf(Map.of("aeron.term.bufer.length", "64k"));

        assertTrue(message.contains("unknown setting: aeron.term.bufer.length"), message);
    }

    @Test
    void aTextThatIsNoValueSaysWhatWouldBe() {
        assertTrue(messageOf(Map.of("journal.durability", "Disk")).contains("expected one of process, disk"));
        assertTrue(messageOf(Map.of("fences.capacity", "0")).contains("from 1 to"));
        assertTrue(messageOf(Map.of("fences.capacity", "many")).contains("expected a whole number"));
        assertTrue(messageOf(Map.of("journal.block.length", "4x")).contains("expected a size like 64k"));
        assertTrue(messageOf(Map.of("client.timeout", "10")).contains("expected a duration like 50ms"));
        assertTrue(messageOf(Map.of("client.timeout", "999999999999999999h")).contains("expected a duration"));
        assertTrue(
                messageOf(Map.of("journal.block.length", "999999999999999999g")).contains("expected a size"));
        assertTrue(messageOf(Map.of("threads.cores", "1,")).contains("expected a whole number"));
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        final String message = messageOf(Map.of("fences.capacity", "0", "no.such", "1"));

        assertTrue(message.contains("fences.capacity=0"), message);
        assertTrue(message.contains("no.such"), message);
    }

    @Test
    void textsAreReadWithTheirUnits() {
        final Configuration configuration = Configuration.of(
                Settings.all(),
                List.of(new Source(
                        "flag",
                        Map.of("journal.block.length", "1g", "client.timeout", "2m", "threads.cores", "2, 3"))));

        assertEquals(1L << 30, configuration.get(Settings.JOURNAL_BLOCK_LENGTH));
        assertEquals(120_000L, configuration.get(Settings.CLIENT_TIMEOUT));
        assertEquals(List.of(2, 3), configuration.get(Settings.THREADS_CORES));
    }

    @Test
    void aFileIsReadInUtf8() throws Exception {
        final Path file = Files.write(
                directory.resolve("a.properties"), "journal.directory=/tmp/é\n".getBytes(StandardCharsets.UTF_8));

        final Configuration configuration = Configuration.of(Settings.all(), List.of(Source.file(file)));

        assertEquals(
                Path.of("/tmp/é"), configuration.get(Settings.JOURNAL_DIRECTORY).orElseThrow());
        assertEquals("file " + file, configuration.origin(Settings.JOURNAL_DIRECTORY));
    }

    @Test
    void aFileThatCannotBeReadIsAMistakeThatNamesIt() {
        final Path file = directory.resolve("missing.properties");

        final ConfigurationException wrong = assertThrows(ConfigurationException.class, () -> Source.file(file));

        assertTrue(wrong.getMessage().contains(file.toString()), wrong.getMessage());
    }

    @Test
    void systemPropertiesWithOurPrefixAreSettingsAndOthersAreNot() {
        final Properties properties = new Properties();
        properties.setProperty("fencegate.journal.durability", "disk");
        properties.setProperty("fencegate.home", "/x");
        properties.setProperty("fencegate.profile", "laptop");
        properties.setProperty("aeron.term.buffer.length", "64k");
        properties.setProperty("java.home", "/y");

        final Source source = Source.systemProperties(properties);

        assertEquals(Map.of("journal.durability", "disk", "aeron.term.buffer.length", "64k"), source.values());
    }

    @Test
    void aSettingThatStandsTwiceInOneFileIsAMistake() throws Exception {
        final Path file = Files.writeString(
                directory.resolve("twice.properties"), "client.timeout=1s\n# again\nclient.timeout=2s\n");

        final String message = assertThrows(ConfigurationException.class, () -> Source.file(file))
                .getMessage();

        assertTrue(message.contains("settings=client.timeout"), message);
        assertTrue(message.contains(file.toString()), message);
    }

    @Test
    void aDirectoryIsNoConfiguration() {
        final String message = assertThrows(ConfigurationException.class, () -> Source.file(directory))
                .getMessage();

        assertTrue(message.contains("is a directory"), message);
    }

    @Test
    void aTextOfASettingHasANameAndComesOnce() {
        assertEquals(
                Map.of("a", "1", "b", "x=y"),
                Source.texts("--set", List.of("a=1", "b=x=y")).values());
        for (final List<String> wrong : List.of(List.of("a"), List.of("=1"), List.of("a=1", "a=1"))) {
            assertThrows(ConfigurationException.class, () -> Source.texts("--set", wrong), wrong::toString);
        }
    }

    @Test
    void settingsThatContradictEachOtherAreNamedWithTheirOrigins() {
        assertContradiction("go together", Map.of("gateway.udp.requests", "localhost:1"));
        assertContradiction(
                "a port each", Map.of("gateway.udp.requests", "localhost:1", "gateway.udp.answers", "localhost:1"));
        assertContradiction("1, 3 or 5", Map.of("sequencer.members", "a:9000,b:9000"));
        assertContradiction("leave sequencer.nodes out", Map.of("sequencer.members", "a:9000", "sequencer.nodes", "3"));
        assertContradiction("share ports", Map.of("sequencer.members", "a:9000,a:9004,b:9000"));
        assertContradiction(
                "raise fences.names.length", Map.of("fences.capacity", "1000", "fences.names.length", "999"));
        Contradictions.check(configured(Map.of("sequencer.members", "a:9000,a:9005,b:9000")));
    }

    @Test
    void endpointsAndChannelsAreReadBeforeAnythingIsConnected() {
        assertTrue(messageOf(Map.of("client.sequencer.endpoints", "localhost:9000"))
                .contains("0=host:port"));
        assertTrue(
                messageOf(Map.of("client.sequencer.endpoints", "0=a:1,2=b:1")).contains("counted from 0"));
        assertTrue(messageOf(Map.of("client.sequencer.endpoints", "0=a:65536")).contains("0=host:port"));
        assertTrue(messageOf(Map.of("client.gateway.channel", "localhost:9000")).contains("aeron:ipc"));
        assertTrue(messageOf(Map.of("sequencer.members", "a:0")).contains("from 1 to 65535"));
    }

    @Test
    void everyProfileHoldsOnlySettingsThatExist() {
        for (final String profile : List.of("laptop", "server")) {
            Configuration.of(Settings.all(), List.of(Settings.profile(profile)));
        }
        assertThrows(ConfigurationException.class, () -> Settings.profile("desktop"));
    }

    @Test
    void everyDeclaredSettingIsListed() {
        final Set<Setting<?>> declared = Arrays.stream(Settings.class.getFields())
                .filter(field -> field.getType() == Setting.class)
                .map(field -> {
                    try {
                        return (Setting<?>) field.get(null);
                    } catch (final IllegalAccessException hidden) {
                        throw new AssertionError(hidden);
                    }
                })
                .collect(Collectors.toSet());

        assertEquals(declared, new HashSet<>(Settings.own()));
    }

    private static void assertContradiction(final String expected, final Map<String, String> values) {
        final String message = assertThrows(
                        ConfigurationException.class, () -> Contradictions.check(configured(values)))
                .getMessage();
        assertTrue(message.contains(expected), message);
        assertTrue(
                message.contains("(file x)") || expected.equals("1, 3 or 5") || message.contains("each uses"), message);
    }

    private static Configuration configured(final Map<String, String> values) {
        return Configuration.of(Settings.all(), List.of(new Source("file x", values)));
    }

    private static String messageOf(final Map<String, String> values) {
        return assertThrows(
                        ConfigurationException.class,
                        () -> Configuration.of(Settings.all(), List.of(new Source("file x", values))))
                .getMessage();
    }
}
