package io.fencegate.tuning;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.agrona.SystemUtil;

/** Checks where bytes go: shared memory for term buffers, socket buffers, and the volume of the journal. */
final class VolumeChecks {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final Set<String> MEMORY_ONLY = Set.of("tmpfs", "ramfs", "overlay");
    private static final Set<String> NETWORK =
            Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "glusterfs", "fuse.sshfs", "fuse.glusterfs");

    private final HostFacts host;
    private final Map<String, String> settings;
    private final boolean server;

    VolumeChecks(final HostFacts host, final Profile profile) {
        this.host = host;
        settings = profile.values();
        server = !profile.name().equals(Profile.DEFAULT_NAME);
    }

    Finding sharedMemory() {
        final Optional<HostFacts.Volume> volume =
                host.volume(SHARED_MEMORY).filter(v -> v.type().equals("tmpfs"));
        final long enough = server ? 2 * GIB : 256 * MIB;
        final long least = server ? GIB : 64 * MIB;
        final long usable = volume.map(HostFacts.Volume::usableBytes).orElse(0L);
        final Health health = usable < least ? Health.FAIL : usable < enough ? Health.WARN : Health.OK;
        return Finding.of(
                "shared-memory",
                health,
                "/dev/shm total=" + volume.map(HostFacts.Volume::totalBytes).orElse(0L) + " free=" + usable + " wanted="
                        + enough,
                "each driver keeps its term buffers there, three a stream; when it is full, the driver dies by SIGBUS"
                        + " at a write; containers get 64 MiB",
                "mount -o remount,size=" + Math.max(2, 2 * enough / GIB) + "g /dev/shm");
    }

    Finding socketBuffers() {
        final long receive = SystemUtil.parseSize("so_rcvbuf", settings.get("aeron.socket.so_rcvbuf"));
        final long send = SystemUtil.parseSize("so_sndbuf", settings.get("aeron.socket.so_sndbuf"));
        final long receiveMax = limit("/proc/sys/net/core/rmem_max");
        final long sendMax = limit("/proc/sys/net/core/wmem_max");
        return Finding.of(
                "socket-buffers",
                receiveMax < receive || sendMax < send ? Health.FAIL : Health.OK,
                "net.core.rmem_max=" + receiveMax + " wanted=" + receive + " net.core.wmem_max=" + sendMax + " wanted="
                        + send,
                "the driver refuses to start a stream whose window does not fit the socket's buffer; smaller buffers"
                        + " lose bursts, and each loss is a retransmission",
                "sysctl -w net.core.rmem_max=" + receive + " net.core.wmem_max=" + send);
    }

    private long limit(final String path) {
        return host.text(path)
                .filter(text -> text.matches("\\d+"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    Finding journal(final Path directory) {
        final Optional<HostFacts.Volume> volume = host.volume(directory);
        final String type = volume.map(HostFacts.Volume::type).orElse("unknown");
        final long usable = volume.map(HostFacts.Volume::usableBytes).orElse(0L);
        final long block = SystemUtil.parseSize("journal.block.length", settings.get("journal.block.length"));
        final long least = 4 * block;
        final boolean network = NETWORK.contains(type);
        final boolean fleeting = MEMORY_ONLY.contains(type);
        final Health health;
        if (network || usable < least) {
            health = Health.FAIL;
        } else {
            health = fleeting || usable < 10 * least ? Health.WARN : Health.OK;
        }
        return Finding.of(
                "journal",
                health,
                "directory=" + directory + " type=" + type + " free=" + usable + " least=" + least,
                "fences must outlive a power loss, locks and mapped pages must be this machine's own, and a full disk"
                        + " refuses writes",
                network || fleeting
                        ? "./fencegate up --dir /var/lib/fencegate"
                        : "./fencegate up --dir DIRECTORY_ON_A_LARGER_VOLUME");
    }
}
