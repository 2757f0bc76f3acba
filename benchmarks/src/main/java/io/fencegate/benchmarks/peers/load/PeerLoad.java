package io.fencegate.benchmarks.peers.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The process that loads a peer. It does what the lines on its input say, and answers each with one line: {@code ok …},
 * {@code wrong …} if the peer gave a wrong answer, {@code failed …} if it gave none. It ends with its input.
 *
 * <ul>
 *   <li>{@code version}: the server's
 *   <li>{@code prove}: shows on a fresh resource that a stale write is refused
 *   <li>{@code open WRITERS LENGTH}: connects writers, each with a resource of its own
 *   <li>{@code write MILLIS}: one block of all writers, then each reads back what it wrote last
 *   <li>{@code fence}: a newer holder opens each resource, the writers must be refused, and are closed
 *   <li>{@code contend}: shows that the lock excludes a second client; the first time it is connected
 *   <li>{@code lock MILLIS}: one block of acquire and release, one client
 * </ul>
 */
public final class PeerLoad {
    private final Peer peer;
    private final List<Writer> writers = new ArrayList<>();
    private ClosedLoop loop;
    private LockedPair locks;
    private int runs;

    private PeerLoad(final Peer peer) {
        this.peer = peer;
    }

    /**
     * Runs a peer's adapter as a process, on standard input and output; what libraries print goes to standard error.
     *
     * @param peer connected as its adapter knows how; closed at the end
     * @throws Exception if input or output fail
     */
    public static void serveProcess(final Peer peer) throws Exception {
        final PrintStream answers = System.out;
        System.setOut(System.err);
        serve(peer, System.in, answers);
    }

    /**
     * Answers until the input ends.
     *
     * @param peer that is loaded; closed at the end
     * @param input of commands
     * @param answers one line a command
     * @throws Exception if the peer cannot be closed
     */
    public static void serve(final Peer peer, final InputStream input, final PrintStream answers) throws Exception {
        final PeerLoad load = new PeerLoad(peer);
        try {
            final BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.println(load.answer(line));
                answers.flush();
            }
        } finally {
            load.closeWriters();
            load.closeLocks();
            peer.close();
        }
    }

    private String answer(final String line) {
        try {
            return ("ok " + reply(line.split(" "))).strip();
        } catch (final WrongReplyException wrong) {
            return "wrong " + oneLine(wrong.getMessage());
        } catch (final Exception ex) {
            return "failed " + oneLine(ex.toString());
        }
    }

    private String reply(final String[] words) throws Exception {
        return switch (words[0]) {
            case "version" -> peer.version();
            case "prove" -> {
                FenceProof.show(peer, "proof-" + runs++);
                yield "";
            }
            case "open" -> {
                open(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                yield "";
            }
            case "write" -> write(millis(words[1])).toWords();
            case "fence" -> {
                for (final Writer writer : writers) {
                    writer.fence(peer);
                }
                closeWriters();
                yield "";
            }
            case "contend" -> {
                if (locks == null) {
                    locks = LockedPair.connect(peer, "lock-" + runs++);
                }
                locks.load.contend();
                yield "";
            }
            case "lock" -> lock(millis(words[1])).toWords();
            default -> throw new IOException("no such command: " + words[0]);
        };
    }

    private void open(final int count, final int length) throws Exception {
        closeWriters();
        final String run = "writer-" + runs++;
        for (int i = 0; i < count; i++) {
            writers.add(new Writer(peer, i, length, run));
        }
        loop = new ClosedLoop(writers);
    }

    private Block write(final long durationNs) throws Exception {
        if (loop == null) {
            throw new IOException("no writers are open");
        }
        final Block block = loop.run(durationNs);
        for (final Writer writer : writers) {
            writer.check();
        }
        return block;
    }

    private Block lock(final long durationNs) throws Exception {
        if (locks == null) {
            throw new IOException("nobody has contended for the lock");
        }
        return locks.load.run(durationNs);
    }

    private void closeLocks() {
        if (locks != null) {
            locks.close();
            locks = null;
        }
    }

    private void closeWriters() {
        if (loop != null) {
            loop.close();
            loop = null;
        }
        for (final Writer writer : writers) {
            writer.close();
        }
        writers.clear();
    }

    private static long millis(final String word) {
        return TimeUnit.MILLISECONDS.toNanos(Long.parseLong(word));
    }

    private static String oneLine(final String text) {
        return text == null ? "" : text.replaceAll("\\s+", " ");
    }

    /** Two clients of one lock. */
    private record LockedPair(PeerClient one, PeerClient other, PeerLock first, PeerLock second, LockLoad load)
            implements AutoCloseable {
        static LockedPair connect(final Peer peer, final String name) throws Exception {
            final PeerClient one = peer.connect();
            try {
                final PeerClient other = peer.connect();
                try {
                    final PeerLock first = one.lock(name);
                    final PeerLock second = other.lock(name);
                    return new LockedPair(one, other, first, second, new LockLoad(first, second));
                } catch (final Exception ex) {
                    other.close();
                    throw ex;
                }
            } catch (final Exception ex) {
                one.close();
                throw ex;
            }
        }

        @Override
        public void close() {
            load.close();
            first.close();
            second.close();
            one.close();
            other.close();
        }
    }
}
