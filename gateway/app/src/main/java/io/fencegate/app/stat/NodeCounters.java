package io.fencegate.app.stat;

import io.aeron.AeronCounters;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.ElectionState;
import io.aeron.cluster.service.Cluster;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.sequencer.counters.SequencerCountersDescriptor;
import io.fencegate.sequencer.counters.SequencerCountersDescriptor.Limit;
import io.fencegate.sequencer.upkeep.Readiness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Reads the counters of one sequencer node: Aeron Cluster's, and those of its lease table.
 *
 * <p>One thread.
 */
final class NodeCounters implements CountersFile.Visitor {
    private final RoleStat node;
    private final List<String> keys = new ArrayList<>();

    private NodeCounters(final RoleStat node) {
        this.node = node;
    }

    /**
     * Reads them.
     *
     * @param aeronDirectory of the node's media driver, which bears its number
     * @param counters in that directory
     * @return what the node counts
     */
    static RoleStat read(final Path aeronDirectory, final CountersFile counters) {
        final String number = aeronDirectory.getFileName().toString().replaceAll(".*node(\\d).*", "$1");
        final RoleStat node = new RoleStat("sequencer", "node" + number);
        node.put("pid", counters.pid());
        final NodeCounters reader = new NodeCounters(node);
        counters.forEach(reader);
        node.put("keys", reader.keys);
        return node;
    }

    @Override
    public void onCounter(final int typeId, final DirectBuffer key, final String label, final long value) {
        if (SequencerCountersDescriptor.isType(typeId)) {
            onLeaseTable(typeId, SequencerCountersDescriptor.code(key), value);
        } else {
            onCluster(typeId, value);
        }
    }

    private void onCluster(final int typeId, final long value) {
        switch (typeId) {
            case AeronCounters.CLUSTER_NODE_ROLE_TYPE_ID ->
                node.put("nodeRole", Cluster.Role.get(value).name());
            case AeronCounters.CLUSTER_CONSENSUS_MODULE_STATE_TYPE_ID ->
                node.put("state", ConsensusModule.State.get(value).name());
            case AeronCounters.CLUSTER_ELECTION_STATE_TYPE_ID ->
                node.put("election", ElectionState.get(value).name());
            case AeronCounters.CLUSTER_LEADERSHIP_TERM_ID_TYPE_ID -> node.put("leadershipTerm", value);
            case AeronCounters.CLUSTER_ELECTION_COUNT_TYPE_ID -> node.put("elections", value);
            case AeronCounters.CLUSTER_COMMIT_POSITION_TYPE_ID -> node.put("positionCommitted", value);
            case AeronCounters.CLUSTER_CLIENT_TIMEOUT_COUNT_TYPE_ID -> node.put("clientTimeouts", value);
            case AeronCounters.CLUSTER_CONSENSUS_MODULE_ERROR_COUNT_TYPE_ID,
                    AeronCounters.CLUSTER_CLUSTERED_SERVICE_ERROR_COUNT_TYPE_ID ->
                node.put("errors", node.number("errors", 0) + value);
            default -> {
                // Of the driver below, or of the archive: not what this is about.
            }
        }
    }

    private void onLeaseTable(final int typeId, final int code, final long value) {
        switch (typeId) {
            case SequencerCountersDescriptor.POSITION_APPLIED_TYPE_ID -> node.put("positionApplied", value);
            case SequencerCountersDescriptor.LEASES_TYPE_ID -> node.put("leases", value);
            case SequencerCountersDescriptor.WAITERS_TYPE_ID -> node.put("waiters", value);
            case SequencerCountersDescriptor.CLIENTS_TYPE_ID -> node.put("clients", value);
            case SequencerCountersDescriptor.WATCHES_TYPE_ID -> node.put("watches", value);
            case SequencerCountersDescriptor.LEASE_EVENTS_TYPE_ID -> node.put("leaseEvents", value);
            case SequencerCountersDescriptor.EGRESS_FAILURES_TYPE_ID -> node.put("egressFailures", value);
            case SequencerCountersDescriptor.WATCHES_DROPPED_TYPE_ID -> node.put("watchesDropped", value);
            case SequencerCountersDescriptor.FOUNDED_TYPE_ID -> node.put("founded", value);
            case SequencerCountersDescriptor.FOUNDINGS_IGNORED_TYPE_ID -> node.put("foundingsIgnored", value);
            case SequencerCountersDescriptor.SESSIONS_TYPE_ID -> node.put("sessions", value);
            case SequencerCountersDescriptor.SESSIONS_REFUSED_TYPE_ID -> node.put("sessionsRefused", value);
            case SequencerCountersDescriptor.LOGINS_REFUSED_TYPE_ID -> node.put("loginsRefused", value);
            case SequencerCountersDescriptor.REFUSALS_TYPE_ID -> {
                final LeaseVerdict verdict = LeaseVerdict.ofCode(code);
                node.put("refusals", verdict == null ? "code" + code : verdict.name(), value);
            }
            case SequencerCountersDescriptor.LIMIT_TYPE_ID -> {
                final Limit limit = Limit.ofCode(code);
                node.put("limits", limit == null ? "code" + code : limit.label(), value);
            }
            case SequencerCountersDescriptor.KEYS_REVISION_TYPE_ID -> node.put("keysRevision", value);
            case SequencerCountersDescriptor.KEY_FINGERPRINT_TYPE_ID -> {
                if (value != 0) {
                    keys.add(Math.min(code, keys.size()), String.format("%016x", value));
                }
            }
            case SequencerCountersDescriptor.READINESS_TYPE_ID -> {
                final Readiness readiness = Readiness.ofCode(value);
                node.put("readiness", readiness == null ? "code" + value : readiness.name());
            }
            case SequencerCountersDescriptor.SNAPSHOT_POSITION_TYPE_ID -> node.put("positionSnapshot", value);
            case SequencerCountersDescriptor.SNAPSHOTS_FAILED_TYPE_ID -> node.put("snapshotsFailed", value);
            case SequencerCountersDescriptor.LOG_START_TYPE_ID -> node.put("positionLogStart", value);
            case SequencerCountersDescriptor.MEMBERS_HEARD_TYPE_ID -> node.put("membersHeard", value);
            default -> throw new IllegalStateException("no counter of a sequencer: typeId=" + typeId);
        }
    }
}
