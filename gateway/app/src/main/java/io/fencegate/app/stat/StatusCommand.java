package io.fencegate.app.stat;

import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.Paint;
import io.fencegate.app.cli.Terminal;
import io.fencegate.sequencer.upkeep.Readiness;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sequencer status}: how the nodes that run here are. */
@Command(
        name = "status",
        description =
                "Print role, readiness, term, applied against committed position, leases, limits and live keys of the"
                        + " sequencer nodes that run on this machine, by reading their mapped files.",
        footer = {
            "",
            "Example:",
            "  $ fencegate sequencer status",
            "  $ fencegate sequencer status --watch 5s --json",
            "",
            "Exit codes: 0 done; 2 wrong usage, or the counters cannot be read; 3 no node runs here, or one is "
                    + "not ready."
        })
public final class StatusCommand implements Callable<Integer> {
    private static final String ROW = "%-4s  %-9s  %-9s  %5s  %11s  %11s  %6s  %8s  %8s  %8s  %8s  %8s";

    private final Terminal terminal;

    @Mixin
    private StatOptions options;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public StatusCommand(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return options.run(terminal, RunningRoles::readNodes, this::print);
    }

    private ExitCode print(final List<RoleStat> nodes) {
        if (options.json()) {
            nodes.forEach(node -> terminal.print(node.json().toString()));
        } else {
            printTable(nodes);
        }
        final List<RoleStat> unready = nodes.stream()
                .filter(node -> !node.text("readiness").equals(Readiness.READY.name()))
                .toList();
        unready.forEach(node -> terminal.say("not ready: node=" + node.name().replace("node", "") + " readiness="
                + node.text("readiness") + " state=" + node.text("state") + " election=" + node.text("election")
                + " behind=" + behind(node) + " membersHeard=" + node.text("membersHeard")));
        return unready.isEmpty() ? ExitCode.DONE : ExitCode.NOT_REACHABLE;
    }

    private void printTable(final List<RoleStat> nodes) {
        terminal.print(terminal.screen()
                .out(
                        Paint.BOLD,
                        String.format(
                                ROW,
                                "NODE",
                                "ROLE",
                                "READINESS",
                                "TERM",
                                "COMMITTED",
                                "APPLIED",
                                "BEHIND",
                                "LEASES",
                                "WAITERS",
                                "CLIENTS",
                                "WATCHES",
                                "SESSIONS")));
        for (final RoleStat node : nodes) {
            terminal.print(String.format(
                    ROW,
                    node.name().replace("node", ""),
                    node.text("nodeRole"),
                    node.text("readiness"),
                    node.text("leadershipTerm"),
                    node.text("positionCommitted"),
                    node.text("positionApplied"),
                    behind(node),
                    node.text("leases"),
                    node.text("waiters"),
                    node.text("clients"),
                    node.text("watches"),
                    node.text("sessions")));
        }
        terminal.print(leader(nodes));
        nodes.forEach(node -> terminal.print("log: node=" + node.name().replace("node", "")
                + " start=" + node.text("positionLogStart")
                + " snapshot=" + node.text("positionSnapshot")
                + " snapshotsFailed=" + node.text("snapshotsFailed")
                + " membersHeard=" + node.text("membersHeard")));
        nodes.stream().map(node -> "limits: " + node.group("limits")).distinct().forEach(terminal::print);
        nodes.stream()
                .map(node -> "keys: " + node.lines(true).get("keys"))
                .distinct()
                .forEach(terminal::print);
    }

    private static String behind(final RoleStat node) {
        final long applied = node.number("positionApplied", -1);
        return applied < 0 ? "-" : Long.toString(Math.max(0, node.number("positionCommitted", 0) - applied));
    }

    private static String leader(final List<RoleStat> nodes) {
        final String leaders = nodes.stream()
                .filter(node -> node.text("nodeRole").equals("LEADER"))
                .map(node -> node.name().replace("node", ""))
                .collect(Collectors.joining(", "));
        return leaders.isEmpty() ? "leader: none of the nodes that run here" : "leader: node " + leaders;
    }
}
