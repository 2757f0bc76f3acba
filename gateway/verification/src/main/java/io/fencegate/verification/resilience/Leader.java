package io.fencegate.verification.resilience;

import io.aeron.CncFileDescriptor;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.Cluster;
import java.io.File;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import org.agrona.IoUtil;
import org.agrona.concurrent.status.CountersReader;

/**
 * Looks at the role of a sequencer's node from outside: in the counters of its media driver.
 *
 * <p>Any thread.
 */
final class Leader {
    private Leader() {}

    /** Whether a node, whose process is alive, leads. @param aeronDirectory of the node @return false if it cannot be read */
    static boolean leads(final Path aeronDirectory) {
        final File file = aeronDirectory.resolve(CncFileDescriptor.CNC_FILE).toFile();
        if (!file.exists() || file.length() < CncFileDescriptor.META_DATA_LENGTH) {
            return false;
        }
        final MappedByteBuffer cnc = IoUtil.mapExistingFile(file, "cnc");
        try {
            final var metaData = CncFileDescriptor.createMetaDataBuffer(cnc);
            if (metaData.getIntVolatile(CncFileDescriptor.cncVersionOffset(0)) == 0) {
                return false;
            }
            final CountersReader counters = new CountersReader(
                    CncFileDescriptor.createCountersMetaDataBuffer(cnc, metaData),
                    CncFileDescriptor.createCountersValuesBuffer(cnc, metaData));
            return roleOf(counters) == Cluster.Role.LEADER.code();
        } finally {
            IoUtil.unmap(cnc);
        }
    }

    private static long roleOf(final CountersReader counters) {
        final long[] role = {-1};
        counters.forEach((counterId, typeId, keyBuffer, label) -> {
            if (typeId == ConsensusModule.Configuration.CLUSTER_NODE_ROLE_TYPE_ID) {
                role[0] = counters.getCounterValue(counterId);
            }
        });
        return role[0];
    }
}
