package io.fencegate.tuning;

import static io.fencegate.tuning.MadeUpHost.JOURNAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the host check says of hosts that tests make up, and that it gets along with this one. */
class DoctorTest {
    private static final Path SHM = Path.of("/dev/shm");

    private final MadeUpHost host = new MadeUpHost();

    @ParameterizedTest
    @ValueSource(strings = {"laptop", "server"})
    void findsNothingToMendOnAGoodHost(final String profile) {
        final List<Finding> findings = Doctor.run(host, Profile.named(profile), JOURNAL);
        assertEquals(10, findings.size());
        findings.forEach(finding -> assertEquals(Health.OK, finding.health(), finding::toString));
        findings.forEach(finding -> assertEquals("", finding.mend()));
    }

    @Test
    void twoCoresAreEnoughForALaptopAndFailAServer() {
        host.processors(2);
        assertEquals(Health.OK, laptop("cores").health());
        final Finding server = server("cores");
        assertEquals(Health.FAIL, server.health());
        assertTrue(server.found().startsWith("cores=2 spinning=5"), server::found);
        assertTrue(server.mend().contains("laptop"), server::mend);
    }

    @Test
    void oneCoreIsToBeMendedForALaptop() {
        host.processors(1);
        assertEquals(Health.WARN, laptop("cores").health());
    }

    @Test
    void pinnedCoresWantToBeIsolated() {
        host.text("/sys/devices/system/cpu/isolated", "");
        final Finding cores = server("cores");
        assertEquals(Health.WARN, cores.health());
        assertTrue(cores.mend().contains("isolcpus=2,3"), cores::mend);
        host.text("/sys/devices/system/cpu/online", "0-2,4-15");
        assertEquals(Health.FAIL, server("cores").health());
    }

    @Test
    void aPowerSavingCoreSlowsAServerOnly() {
        host.text("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave");
        assertEquals(Health.OK, laptop("governor").health());
        assertEquals(Health.WARN, server("governor").health());
        host.without("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
        assertEquals(Health.OK, server("governor").health());
    }

    @Test
    void aClockThatIsASystemCallIsSlow() {
        host.text("/sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet");
        final Finding clock = laptop("clock-source");
        assertEquals(Health.WARN, clock.health());
        assertTrue(clock.mend().startsWith("echo tsc >"), clock::mend);
    }

    @Test
    void hugePagesBehindOurBackPauseUs() {
        host.text("/sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never");
        assertEquals(Health.WARN, laptop("huge-pages").health());
        host.without("/sys/kernel/mm/transparent_hugepage/enabled");
        assertEquals(Health.OK, laptop("huge-pages").health());
    }

    @Test
    void swapMattersOnlyWhereThereIsSome() {
        host.text("/proc/meminfo", "SwapTotal:   2097148 kB");
        assertEquals(Health.WARN, laptop("swap").health());
        host.text("/proc/sys/vm/swappiness", "1");
        assertEquals(Health.OK, laptop("swap").health());
    }

    @Test
    void dirtyPagesByTheGigabyteStopAServer() {
        host.text("/proc/sys/vm/dirty_background_bytes", "0");
        host.text("/proc/sys/vm/dirty_background_ratio", "10");
        assertEquals(Health.WARN, server("write-back").health());
        assertEquals(Health.OK, laptop("write-back").health());
    }

    @Test
    void aContainersSharedMemoryIsTooSmall() {
        host.volume(SHM, new HostFacts.Volume("tmpfs", 64 << 20, 60 << 20));
        assertEquals(Health.FAIL, laptop("shared-memory").health());
        host.volume(SHM, new HostFacts.Volume("tmpfs", 200 << 20, 200 << 20));
        assertEquals(Health.WARN, laptop("shared-memory").health());
        assertEquals(Health.FAIL, server("shared-memory").health());
        assertTrue(server("shared-memory").mend().contains("size=4g"));
    }

    @Test
    void aDirectoryIsNoSharedMemory() {
        host.volume(SHM, new HostFacts.Volume("ext4", 8L << 30, 8L << 30));
        assertEquals(Health.FAIL, laptop("shared-memory").health());
    }

    @Test
    void theKernelsDefaultSocketBuffersAreEnoughForALaptop() {
        host.text("/proc/sys/net/core/rmem_max", "212992").text("/proc/sys/net/core/wmem_max", "212992");
        assertEquals(Health.OK, laptop("socket-buffers").health());
        final Finding server = server("socket-buffers");
        assertEquals(Health.FAIL, server.health());
        assertEquals("sysctl -w net.core.rmem_max=2097152 net.core.wmem_max=2097152", server.mend());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs4", "cifs", "9p", "fuse.sshfs"})
    void aNetworkDiskIsNoPlaceForAJournal(final String type) {
        host.volume(JOURNAL, new HostFacts.Volume(type, 500L << 30, 400L << 30));
        assertEquals(Health.FAIL, laptop("journal").health());
    }

    @Test
    void aJournalInMemoryForgetsFences() {
        host.volume(JOURNAL, new HostFacts.Volume("tmpfs", 500L << 30, 400L << 30));
        assertEquals(Health.WARN, laptop("journal").health());
    }

    @Test
    void aFullDiskRefusesWrites() {
        host.volume(JOURNAL, new HostFacts.Volume("ext4", 500L << 30, 1L << 30));
        assertEquals(Health.OK, laptop("journal").health());
        assertEquals(Health.FAIL, server("journal").health());
        host.volume(JOURNAL, new HostFacts.Volume("ext4", 500L << 30, 20L << 30));
        assertEquals(Health.WARN, server("journal").health());
    }

    @Test
    void eachMissingFlagIsNamed() {
        host.closed("jdk.internal.misc").withoutProperty("chronicle.analytics.disable");
        final Finding jvm = laptop("jvm");
        assertEquals(Health.FAIL, jvm.health());
        assertTrue(jvm.found().contains("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"), jvm::found);
        assertTrue(jvm.found().contains("-Dchronicle.analytics.disable=true"), jvm::found);
        assertFalse(jvm.found().contains("java.util.zip"), jvm::found);
    }

    @Test
    void anOldJdkIsTooOld() {
        host.jdkFeature(11);
        assertEquals(Health.FAIL, laptop("jvm").health());
        assertTrue(laptop("jvm").mend().contains("openjdk-17"));
    }

    @Test
    void checksThisMachine(@TempDir final Path directory) {
        final List<Finding> findings = Doctor.run(Profile.named("laptop"), directory.resolve("not/yet/there"));
        assertEquals(10, findings.size());
        final Finding jvm = findings.get(0);
        assertEquals(Health.OK, jvm.health(), "tests run with tuning/jvm/required.args: " + jvm);
        for (final Finding finding : findings) {
            assertFalse(finding.found().isBlank(), finding::toString);
            assertFalse(finding.why().isBlank(), finding::toString);
            assertEquals(finding.health() == Health.OK, finding.mend().isEmpty(), finding::toString);
        }
    }

    private Finding laptop(final String check) {
        return find("laptop", check);
    }

    private Finding server(final String check) {
        return find("server", check);
    }

    private Finding find(final String profile, final String check) {
        return Doctor.run(host, Profile.named(profile), JOURNAL).stream()
                .filter(finding -> finding.check().equals(check))
                .findFirst()
                .orElseThrow();
    }
}
