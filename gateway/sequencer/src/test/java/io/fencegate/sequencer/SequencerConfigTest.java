package io.fencegate.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.SealKey;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a configuration refuses, and how Aeron reads what it accepts. */
class SequencerConfigTest {
    private static final Path DIRECTORY = Path.of("/data/node");
    private static final Path AERON_DIRECTORY = Path.of("/dev/shm/node");

    @Test
    void membersReadAsAeronWritesThem() {
        final List<MemberEndpoints> members =
                List.of(MemberEndpoints.of("a", 9000), new MemberEndpoints("b", 1, 2, 3, 4, 5));

        assertEquals("0=a:9000,1=b:1", MemberEndpoints.ingressEndpoints(members));
        assertEquals(
                "0,a:9000,a:9001,a:9002,a:9003,a:9004|1,b:1,b:2,b:3,b:4,b:5", MemberEndpoints.clusterMembers(members));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a,b", "a|b", "a=b", "a?b", "ä"})
    void aHostThatWouldBendTheChannelIsRefused(final String host) {
        assertThrows(IllegalArgumentException.class, () -> MemberEndpoints.of(host, 9000));
    }

    @Test
    void portsAreInRangeAndServeOnePurposeEach() {
        assertThrows(IllegalArgumentException.class, () -> MemberEndpoints.of("a", 0));
        assertThrows(IllegalArgumentException.class, () -> MemberEndpoints.of("a", 65_532));
        assertThrows(IllegalArgumentException.class, () -> new MemberEndpoints("a", 1, 2, 3, 4, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4, 6, 7})
    void aClusterHasOneOrThreeOrFiveMembers(final int members) {
        assertThrows(IllegalArgumentException.class, () -> deployed(0, members));
    }

    @Test
    void aMemberIsOneOfTheMembers() {
        assertEquals(2, deployed(2, 3).memberId());
        assertThrows(IllegalArgumentException.class, () -> deployed(3, 3));
        assertThrows(IllegalArgumentException.class, () -> deployed(-1, 3));
    }

    @Test
    void whatIsDeployedIsSyncedAndWhatIsEmbeddedIsNot() {
        assertEquals(1, deployed(0, 3).storage().fileSyncLevel());
        final List<SequencerConfig> embedded =
                SequencerConfig.embedded(members(3), DIRECTORY, AERON_DIRECTORY, SealKey.Source.of());
        assertEquals(3, embedded.size());
        assertTrue(embedded.stream().allMatch(config -> config.storage().fileSyncLevel() == 0));
        assertEquals(
                3, embedded.stream().map(SequencerConfig::directory).distinct().count());
        assertEquals(
                3,
                embedded.stream()
                        .map(SequencerConfig::aeronDirectory)
                        .distinct()
                        .count());
    }

    @Test
    void theDirectoryThatIsEmptiedIsNotWithinTheOneThatIsKept() {
        assertThrows(
                IllegalArgumentException.class,
                () -> SequencerConfig.deployed(
                        0, members(1), DIRECTORY, DIRECTORY.resolve("aeron"), SealKey.Source.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> SequencerConfig.deployed(0, members(1), DIRECTORY, DIRECTORY.resolve(".."), SealKey.Source.of()));
    }

    @Test
    void timesStandInRelation() {
        assertThrows(IllegalArgumentException.class, () -> new SequencerTimings(100, 199, 500, 4000, 10_000, 100));
        assertThrows(IllegalArgumentException.class, () -> new SequencerTimings(100, 2000, 500, 3999, 10_000, 100));
        assertThrows(IllegalArgumentException.class, () -> new SequencerTimings(100, 2000, 500, 4000, 10_000, 9));
        assertThrows(IllegalArgumentException.class, () -> new SequencerTimings(100, 2000, 500, 4000, 10_000, 1001));
    }

    @Test
    void freePortsAreAllDifferent() {
        final List<MemberEndpoints> found = FreePorts.find("localhost", 3);

        final long ports = found.stream()
                .flatMapToInt(m ->
                        IntStream.of(m.ingressPort(), m.consensusPort(), m.logPort(), m.catchupPort(), m.archivePort()))
                .distinct()
                .count();
        assertEquals(15, ports);
    }

    private static SequencerConfig deployed(final int memberId, final int members) {
        return SequencerConfig.deployed(memberId, members(members), DIRECTORY, AERON_DIRECTORY, SealKey.Source.of());
    }

    private static List<MemberEndpoints> members(final int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> MemberEndpoints.of("localhost", 9000 + 10 * i))
                .toList();
    }
}
