package io.fencegate.verification.simulator.sequencer;

import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventBuilder;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.History;
import io.fencegate.verification.simulator.world.Actor;
import io.fencegate.verification.simulator.world.Agenda;
import io.fencegate.verification.simulator.world.Chance;
import io.fencegate.verification.simulator.world.FaultKind;
import io.fencegate.verification.simulator.world.FaultTally;
import io.fencegate.verification.simulator.world.Network;
import io.fencegate.verification.simulator.world.Stream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The sequencer as the world sees it: nodes, who leads, and the log that a majority has. Consensus itself is not
 * simulated but assumed, with what it may do at worst: an entry that was under way when its leader fell may be in the log
 * or not, and, where a majority lost power, acknowledged entries at the log's end may be gone.
 *
 * <p>One thread.
 */
public final class SimulatedCluster {
    private static final long TICK_NS = 100_000_000L;
    private static final int NOBODY = -1;

    private final Agenda agenda;
    private final Network network;
    private final ClusterSettings settings;
    private final Chance chance;
    private final FaultTally tally;
    private final History history;
    private final Auditor auditor;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final List<LogEntry> log = new ArrayList<>();
    private final List<LogEntry> underWay = new ArrayList<>();
    private final Map<Route, Map<Integer, Stream>> streams = new HashMap<>();
    private long sessions;
    private long term = NOBODY;
    private long life = 1;
    private int leader = NOBODY;
    private long leaderlessSinceNs;
    private int entriesKept = Integer.MAX_VALUE;
    private Consumer<byte[]> eavesdropper = message -> {};

    /**
     * A sequencer whose nodes are started.
     *
     * @param agenda of the world
     * @param network of the world
     * @param settings of the sequencer
     * @param chance of elections and refusals
     * @param tally of what went wrong
     * @param history that grants and terms are written into
     */
    public SimulatedCluster(
            final Agenda agenda,
            final Network network,
            final ClusterSettings settings,
            final Chance chance,
            final FaultTally tally,
            final History history) {
        this.agenda = agenda;
        this.network = network;
        this.settings = settings;
        this.chance = chance;
        this.tally = tally;
        this.history = history;
        this.auditor = new Auditor(history, agenda, tally);
        for (int i = 0; i < settings.nodes(); i++) {
            nodes.add(new SimulatedNode(this, agenda, settings, i));
        }
        write(event(EventKind.LIFE_BEGAN).position(life));
        nodes.forEach(SimulatedNode::start);
        tick();
    }

    /** The nodes. @return as actors of the world */
    public List<Actor> nodes() {
        return List.copyOf(nodes);
    }

    long term() {
        return term;
    }

    // ---- consensus, as it is assumed ----------------------------------------------------------------------------

    private void tick() {
        if (leader != NOBODY && !isMajorityBehind(nodes.get(leader))) {
            leader = NOBODY;
            leaderlessSinceNs = agenda.nowNs();
        }
        if (leader == NOBODY
                && agenda.nowNs() - leaderlessSinceNs
                        >= settings.electionNs() / 2 + chance.between(0, settings.electionNs() / 2)) {
            elect();
        }
        agenda.after(TICK_NS, this::tick);
    }

    private boolean isMajorityBehind(final SimulatedNode node) {
        if (!node.isRunning()) {
            return false;
        }
        int reachable = 0;
        for (final SimulatedNode other : nodes) {
            final boolean isReachable =
                    other == node || other.isRunning() && network.isOpen(node, other) && network.isOpen(other, node);
            reachable += isReachable ? 1 : 0;
        }
        return reachable > nodes.size() / 2;
    }

    private void elect() {
        final List<SimulatedNode> candidates =
                nodes.stream().filter(this::isMajorityBehind).toList();
        if (candidates.isEmpty()) {
            return;
        }
        final SimulatedNode elected = chance.pick(candidates);
        // What was under way at the leader before may have reached a majority: any beginning of it.
        final int adopted = chance.below(underWay.size() + 1);
        append(underWay.subList(0, adopted));
        underWay.clear();
        loseSuffix();
        term += chance.once(80) ? 1 : chance.between(1, 5);
        leader = elected.index();
        if (term > 0) {
            tally.count(FaultKind.TERM_CHANGED);
        }
        log.add(new LogEntry(LogEntry.Kind.TERM, term, elected.clockMs(), leader, null, null));
        auditor.begin(log, term, elected.clockMs());
        write(event(EventKind.TERM_BEGAN).token(term));
        elected.applyUpTo(log.size());
        for (final NodeSession session : elected.sessions()) {
            tell(
                    session.route(),
                    new Egress(Egress.Kind.NEW_LEADER, session.route().connection(), session.id(), leader, null));
        }
    }

    private void loseSuffix() {
        final int kept = entriesKept;
        entriesKept = Integer.MAX_VALUE;
        if (kept >= log.size()) {
            return;
        }
        log.subList(kept, log.size()).clear();
        tally.count(FaultKind.SUFFIX_LOST);
        write(event(EventKind.SUFFIX_LOST)
                .word(auditor.forgetBehind(kept) ? EventKind.FLOOR_RAISED.name() : "FLOOR_KEPT"));
        for (final SimulatedNode node : nodes) {
            node.forgetBehind(kept);
            rebuild(node);
        }
    }

    private static void rebuild(final SimulatedNode node) {
        if (node.isUp()) {
            node.kill();
            node.start();
        }
    }

    boolean leads(final SimulatedNode node) {
        return node.index() == leader && isMajorityBehind(node);
    }

    boolean follows(final SimulatedNode node) {
        return leader != NOBODY
                && node.index() != leader
                && network.isOpen(nodes.get(leader), node)
                && nodes.get(leader).isRunning();
    }

    /** The log that a majority has. @return its entries, counted */
    public int size() {
        return log.size();
    }

    LogEntry entry(final int index) {
        return log.get(index);
    }

    void propose(final SimulatedNode node, final LogEntry entry) {
        if (!leads(node)) {
            return;
        }
        underWay.add(entry);
        final SimulatedNode other = nodes.get((node.index() + 1) % nodes.size());
        final long delayNs = nodes.size() == 1 ? 0 : network.delayNs(node, other) + network.delayNs(other, node);
        agenda.after(delayNs, () -> commit(node, entry));
    }

    /** Entries become the log's in the order in which they were proposed: what comes first takes those before it along. */
    private void commit(final SimulatedNode node, final LogEntry entry) {
        final int index = underWay.indexOf(entry);
        if (index < 0 || entry.term() != term || !leads(node)) {
            return;
        }
        append(underWay.subList(0, index + 1));
        underWay.subList(0, index + 1).clear();
        node.applyUpTo(log.size());
    }

    private void append(final List<LogEntry> entries) {
        for (final LogEntry entry : entries) {
            log.add(entry);
            if (entry.founds()) {
                auditor.onFounded(log, entry);
            }
        }
    }

    // ---- clients --------------------------------------------------------------------------------------------------

    void onIngress(final SimulatedNode node, final Ingress ingress) {
        final Route route = ingress.route();
        if (!leads(node)) {
            // Who only believes that it leads says nothing.
            if (node.index() != leader) {
                tell(node, route, new Egress(Egress.Kind.REDIRECTED, route.connection(), 0, leader, null));
            }
            return;
        }
        final long clockMs = node.clockMs();
        if (ingress.kind() == Ingress.Kind.CONNECT) {
            propose(node, new LogEntry(LogEntry.Kind.OPEN, term, clockMs, ++sessions, null, route));
        } else if (!node.onHeard(ingress.session())) {
            tell(node, route, new Egress(Egress.Kind.CLOSED, route.connection(), ingress.session(), leader, null));
        } else if (ingress.kind() == Ingress.Kind.COMMAND) {
            propose(
                    node,
                    new LogEntry(LogEntry.Kind.MESSAGE, term, clockMs, ingress.session(), ingress.message(), null));
        }
    }

    void onDelivered(final int position, final LogEntry entry) {
        auditor.times().onDelivered(position, entry);
    }

    void onApplied(final SimulatedNode node, final int position, final LogEntry entry) {
        auditor.onApplied(position, entry);
        if (node.index() == leader
                && entry.kind() == LogEntry.Kind.OPEN
                && entry.route().client() != null) {
            final long connection = entry.route().connection();
            tell(entry.route(), new Egress(Egress.Kind.CONNECTED, connection, entry.number(), leader, null));
        }
    }

    void onClosed(final SimulatedNode node, final NodeSession session) {
        if (node.index() == leader) {
            final long connection = session.route().connection();
            tell(session.route(), new Egress(Egress.Kind.CLOSED, connection, session.id(), leader, null));
        }
    }

    boolean onEgress(final SimulatedNode node, final NodeSession session, final byte[] message) {
        auditor.onEgress(node.applied(), log.get(node.applied() - 1), message);
        if (node.index() != leader
                || node.applied() < log.size()
                || session.route().client() == null) {
            return true;
        }
        if (chance.once(settings.egressRefusedPercent())) {
            tally.count(FaultKind.EGRESS_REFUSED);
            return false;
        }
        eavesdropper.accept(message);
        final long connection = session.route().connection();
        tell(session.route(), new Egress(Egress.Kind.ANSWER, connection, session.id(), leader, message));
        return true;
    }

    private void tell(final Route route, final Egress egress) {
        if (route.client() != null) {
            tell(nodes.get(leader), route, egress);
        }
    }

    private void tell(final SimulatedNode node, final Route route, final Egress egress) {
        streams.computeIfAbsent(route, key -> new HashMap<>())
                .computeIfAbsent(node.index(), key -> network.stream(node, route.client()))
                .send(egress);
    }

    /** Somebody hears what clients are told, before they do. @param listener of encoded messages */
    public void eavesdrop(final Consumer<byte[]> listener) {
        eavesdropper = listener;
    }

    // ---- faults ---------------------------------------------------------------------------------------------------

    /** A node's process is killed; somebody starts it again. @param index of the node @param downNs until then */
    public void killNode(final int index, final long downNs) {
        final SimulatedNode node = nodes.get(index);
        if (node.isUp()) {
            tally.count(FaultKind.NODE_KILLED);
            node.kill();
            if (index == leader) {
                // However soon it is back, it does not lead until it is elected.
                changeTerm();
            }
            agenda.after(downNs, () -> {
                node.start();
                tally.count(FaultKind.NODE_REBUILT);
            });
        }
    }

    /** A node's clock jumps. @param index of the node @param byMs how far */
    public void shiftClock(final int index, final long byMs) {
        tally.count(byMs > 0 ? FaultKind.CLOCK_AHEAD : FaultKind.CLOCK_BACK);
        nodes.get(index).shiftClock(byMs);
    }

    /** The leader gives up, or is given up: another term begins. */
    public void changeTerm() {
        leader = NOBODY;
        leaderlessSinceNs = agenda.nowNs();
    }

    /** A majority loses power: the next leader lacks acknowledged entries. @param entries at the log's end */
    public void loseSuffix(final int entries) {
        entriesKept = Math.max(0, Math.min(entriesKept, log.size() - entries));
        underWay.clear();
        changeTerm();
    }

    /** Everything is lost, and the sequencer begins anew. */
    public void forgetAll() {
        tally.count(FaultKind.AMNESIA);
        life++;
        log.clear();
        underWay.clear();
        term = NOBODY;
        entriesKept = Integer.MAX_VALUE;
        write(event(EventKind.LIFE_BEGAN).position(life));
        auditor.onNewLife();
        changeTerm();
        for (final SimulatedNode node : nodes) {
            node.forgetBehind(0);
            rebuild(node);
        }
    }

    /** The nodes keep their state and may forget the log before it. */
    public void takeSnapshot() {
        if (leader != NOBODY) {
            final SimulatedNode node = nodes.get(leader);
            propose(node, LogEntry.of(LogEntry.Kind.SNAPSHOT, term, node.clockMs(), 0));
        }
    }

    /** Every node lives and hears the others. */
    public void heal() {
        nodes.forEach(SimulatedNode::start);
    }

    /** The first lease that lasted too short or too long. @return a sentence, or null if none did */
    public String mistimed() {
        return auditor.times().flaw();
    }

    /**
     * Whether all nodes have come to the same state by the same log.
     *
     * @return false if two differ: the service is not deterministic
     */
    public boolean isAgreed() {
        List<byte[]> first = null;
        for (final SimulatedNode node : nodes) {
            if (node.isUp()) {
                node.applyUpTo(log.size());
                final List<byte[]> records = node.takeSnapshot().records();
                first = first == null ? records : first;
                if (!Objects.deepEquals(first.toArray(), records.toArray())) {
                    return false;
                }
            }
        }
        return true;
    }

    private EventBuilder event(final EventKind kind) {
        return Event.at(agenda.nowNs(), "sequencer", kind);
    }

    private void write(final EventBuilder event) {
        history.add(event);
    }
}
