package io.fencegate.sequencer;

import java.util.List;
import java.util.StringJoiner;

/**
 * Where one member of the sequencer listens: five UDP ports of one host. Clients use the first; the others are between
 * the members and belong on a private network.
 *
 * <p>Immutable; any thread.
 *
 * @param host name or address that every member and client can resolve
 * @param ingressPort for the clients' commands, 1 to 65535
 * @param consensusPort for votes and heartbeats
 * @param logPort for the log that followers record
 * @param catchupPort for a follower that catches up
 * @param archivePort for the archive's control requests
 */
public record MemberEndpoints(
        String host, int ingressPort, int consensusPort, int logPort, int catchupPort, int archivePort) {
    /** Ports that a member needs. */
    public static final int PORTS = 5;

    private static final int PORT_MAX = 65_535;

    /** Checks host and ports. */
    public MemberEndpoints {
        if (host == null || host.isEmpty() || !host.chars().allMatch(MemberEndpoints::isOfHost)) {
            throw new IllegalArgumentException("no such host: host=" + host);
        }
        final int[] ports = {ingressPort, consensusPort, logPort, catchupPort, archivePort};
        for (int i = 0; i < ports.length; i++) {
            if (ports[i] < 1 || ports[i] > PORT_MAX) {
                throw new IllegalArgumentException("a port is 1 to " + PORT_MAX + ": port=" + ports[i]);
            }
            for (int j = 0; j < i; j++) {
                if (ports[i] == ports[j]) {
                    throw new IllegalArgumentException("a port serves one purpose: port=" + ports[i]);
                }
            }
        }
    }

    /**
     * Five ports in a row.
     *
     * @param host name or address
     * @param portBase the first port
     * @return the endpoints
     * @throws IllegalArgumentException if host or ports are out of range
     */
    public static MemberEndpoints of(final String host, final int portBase) {
        return new MemberEndpoints(host, portBase, portBase + 1, portBase + 2, portBase + 3, portBase + 4);
    }

    /**
     * What a client of the cluster connects to.
     *
     * @param members in the order of their ids
     * @return {@code 0=host:port,1=host:port…}
     */
    public static String ingressEndpoints(final List<MemberEndpoints> members) {
        final StringJoiner endpoints = new StringJoiner(",");
        for (int i = 0; i < members.size(); i++) {
            endpoints.add(i + "=" + members.get(i).at(members.get(i).ingressPort));
        }
        return endpoints.toString();
    }

    /** Where the members talk to each other. @return {@code host:port} of each, in the order of their ids */
    static List<String> consensusEndpoints(final List<MemberEndpoints> members) {
        return members.stream().map(member -> member.at(member.consensusPort)).toList();
    }

    /** The members as Aeron Cluster writes them. */
    static String clusterMembers(final List<MemberEndpoints> members) {
        final StringJoiner clusterMembers = new StringJoiner("|");
        for (int i = 0; i < members.size(); i++) {
            final MemberEndpoints member = members.get(i);
            clusterMembers.add(new StringJoiner(",")
                    .add(Integer.toString(i))
                    .add(member.at(member.ingressPort))
                    .add(member.at(member.consensusPort))
                    .add(member.at(member.logPort))
                    .add(member.at(member.catchupPort))
                    .add(member.at(member.archivePort))
                    .toString());
        }
        return clusterMembers.toString();
    }

    /** A port of this host. */
    String at(final int port) {
        return host + ":" + port;
    }

    private static boolean isOfHost(final int c) {
        return c > ' ' && c < 0x7F && ",|=?/".indexOf(c) < 0;
    }
}
