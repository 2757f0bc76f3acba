package io.fencegate.benchmarks.peers;

import io.fencegate.benchmarks.measure.Spread;
import io.fencegate.benchmarks.peers.load.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The peers' table: one part for each durability class and number of writers, because only like is put beside like; ours
 * in each part, over all the blocks that took turns with its peers. One thread.
 */
final class PeersTable {
    private static final String HEAD = """
            | peer | version | class | writers | p50 µs | p99 µs | writes/s | p50 beside ours over UDP | beside ours over IPC |
            |---|---|---|---:|---:|---:|---:|---:|---:|
            """;
    private static final String LOCK_HEAD = """
            | lock | version | class | clients | p50 µs | p99 µs | locks/s | p50 beside ours |
            |---|---|---|---:|---:|---:|---:|---:|
            """;

    private final Parts writes = new Parts();
    private final Parts locks = new Parts();
    private final Map<String, String> unlike = new LinkedHashMap<>();
    private final List<String> skipped = new ArrayList<>();

    /** One line of a peer. */
    void add(final PeerLine line) {
        final Parts parts = line.isLock() ? locks : writes;
        parts.add(line);
        unlike.putIfAbsent(line.title(), line.unlike());
    }

    /** A peer that is not in the table, and why. */
    void skip(final String title, final String reason) {
        skipped.add("- **" + title + "** is not measured: " + reason);
    }

    /** Something that broke, and how: there is no figure of it. */
    void fail(final String what, final String reason) {
        skipped.add("- **" + what + "** FAILED: " + reason);
    }

    private static String row(final String title, final String version, final String part, final List<Block> blocks) {
        return "| " + title + " | " + version + " | " + part + " | " + absolute(blocks, Block::p50Us) + " | "
                + absolute(blocks, Block::p99Us) + " | " + absolute(blocks, Block::rate) + " | ";
    }

    private static String absolute(final List<Block> blocks, final ToDoubleFunction<Block> value) {
        return number(Spread.of(blocks.stream().mapToDouble(value).toArray()).median());
    }

    private static String ratio(final List<Block> peer, final List<Block> ours) {
        if (ours.isEmpty()) {
            return "";
        }
        final double[] ratios = new double[peer.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = peer.get(i).p50Us() / ours.get(i).p50Us();
        }
        final Spread spread = Spread.of(ratios);
        return number(spread.median()) + " (" + number(spread.min()) + " to " + number(spread.max()) + ")";
    }

    /** Three digits that count. */
    static String number(final double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }

    /** The whole table with what must be read beside it. */
    String markdown() {
        final StringBuilder text = new StringBuilder();
        if (!writes.lines.isEmpty()) {
            text.append(HEAD).append(writes.markdown(" | |\n"));
        }
        if (!locks.lines.isEmpty()) {
            text.append('\n').append(LOCK_HEAD).append(locks.markdown(" |\n"));
        }
        if (!writes.lines.isEmpty() || !locks.lines.isEmpty()) {
            text.append("""

                    Closed loop: each writer waits for its answer. p50, p99 and writes/s are medians of the blocks; ratios are \
                    medians (min to max) of the ratios of p50 within one round: how many times as long as ours it takes. Each \
                    line's blocks took turns with ours in one run; each subject refused a stale write before and after. A lock \
                    is acquired and given back by one client, whom nobody keeps waiting; each grant bore a higher number than \
                    the one before, and a second client was refused while the first held it, before and after.

                    What is unlike:

                    """);
            text.append("""
                    - **Fencegate**: one gateway, in the process of its writers, not replicated; every write must show its token, \
                    the gateway compares it with the fence and keeps a record of each write; one thread drives all writers. \
                    On fewer cores than busy threads these yield, and back off (sleep) where writes are synced. Over UDP the \
                    peers' TCP has no peer of its own: Aeron's reliable streams take its place. A lease is granted by a sequencer \
                    of one node, in the process of its client, over UDP; its threads idle as shipped, which is \
                    up to 1 ms at each step of a command.
                    """);
            unlike.forEach((title, what) -> text.append("- **")
                    .append(title)
                    .append("**: ")
                    .append(what)
                    .append(".\n"));
        }
        skipped.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** The lines of one kind, by their parts, and ours that took turns with them. */
    private static final class Parts {
        private final Map<String, List<String>> lines = new LinkedHashMap<>();
        private final Map<String, Map<String, List<Block>>> ours = new LinkedHashMap<>();

        void add(final PeerLine line) {
            final String part = line.part();
            final String beside =
                    ratio(line.peer(), line.udp()) + (line.isLock() ? "" : " | " + ratio(line.peer(), line.ipc()));
            lines.computeIfAbsent(part, key -> new ArrayList<>())
                    .add(row(line.title(), line.version(), part, line.peer()) + beside + " |");
            collect(part, line.udpTitle(), line.udp());
            collect(part, line.ipcTitle(), line.ipc());
        }

        private void collect(final String part, final String title, final List<Block> blocks) {
            if (!blocks.isEmpty()) {
                ours.computeIfAbsent(part, key -> new LinkedHashMap<>())
                        .computeIfAbsent(title, key -> new ArrayList<>())
                        .addAll(blocks);
            }
        }

        String markdown(final String endOfOurs) {
            final StringBuilder text = new StringBuilder();
            lines.forEach((part, ofPart) -> {
                ours.getOrDefault(part, Map.of())
                        .forEach((title, blocks) -> text.append(row("**" + title + "**", "", part, blocks))
                                .append(endOfOurs));
                ofPart.forEach(line -> text.append(line).append('\n'));
            });
            return text.toString();
        }
    }
}
