package io.fencegate.tuning;

import java.nio.file.Path;
import java.util.List;

/**
 * The host check: ten things about machine and JVM that decide whether a profile keeps its promise here. It changes
 * nothing. Any thread; takes milliseconds.
 */
public final class Doctor {
    private Doctor() {}

    /**
     * Checks this machine.
     *
     * @param profile that is to run here
     * @param journalDirectory of the gateway, which need not exist yet
     * @return ten findings, always in the same order
     */
    public static List<Finding> run(final Profile profile, final Path journalDirectory) {
        return run(new LinuxHost(), profile, journalDirectory);
    }

    /**
     * Checks a machine.
     *
     * @param host to be checked
     * @param profile that is to run there
     * @param journalDirectory of the gateway, which need not exist yet
     * @return ten findings, always in the same order
     */
    public static List<Finding> run(final HostFacts host, final Profile profile, final Path journalDirectory) {
        final ProcessorChecks processor = new ProcessorChecks(host, profile);
        final MemoryChecks memory = new MemoryChecks(host, profile);
        final VolumeChecks volume = new VolumeChecks(host, profile);
        return List.of(
                new JvmCheck(host).jvm(),
                processor.cores(),
                processor.governor(),
                processor.clockSource(),
                memory.hugePages(),
                memory.swap(),
                memory.writeBack(),
                volume.sharedMemory(),
                volume.socketBuffers(),
                volume.journal(journalDirectory));
    }
}
