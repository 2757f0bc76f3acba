package io.fencegate.benchmarks.peers.subject;

import io.fencegate.benchmarks.peers.load.Block;
import io.fencegate.benchmarks.peers.load.LockLoad;
import io.fencegate.benchmarks.peers.load.PeerLock;
import io.fencegate.benchmarks.peers.load.WrongReplyException;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.benchmarks.sequencer.LoneSequencer;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.error.DeniedException;
import io.fencegate.client.lease.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.agrona.CloseHelper;

/**
 * A lease of ours, acquired and released by the library's blocking calls: a sequencer of one node in this process, over
 * UDP on the loopback interface, as embedded mode has it. A grant's number is its token. Between two blocks it sleeps.
 */
public final class SequencerLeases implements Subject {
    private static final String NAME = "Fencegate lease";
    private static final String RESOURCE = "peers/lock";
    private static final Duration TTL = Duration.ofMinutes(1);

    private LoneSequencer sequencer;
    private FencegateClient first;
    private FencegateClient second;
    private LockLoad load;

    /**
     * Starts a sequencer and connects two clients.
     *
     * @param isSynced whether a grant is on disk before its answer leaves
     * @param directory for its log
     * @param memory for buffers
     */
    public SequencerLeases(final boolean isSynced, final Path directory, final Path memory) {
        try {
            sequencer = new LoneSequencer(isSynced, directory, memory);
            first = sequencer.newClient();
            second = sequencer.newClient();
            load = new LockLoad(new LeaseLock(first), new LeaseLock(second));
        } catch (final RuntimeException ex) {
            close();
            throw ex;
        }
        sequencer.pause();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void prove() throws Exception {
        resumed(() -> {
            load.contend();
            return null;
        });
    }

    @Override
    public Block block(final long durationNs) throws Exception {
        return resumed(() -> load.run(durationNs));
    }

    @Override
    public void fence() throws Exception {
        prove();
    }

    private Block resumed(final Rest rest) throws Exception {
        sequencer.resume();
        // The clients' sessions have been silent as long as others took.
        first.poll();
        second.poll();
        try {
            return rest.run();
        } catch (final WrongReplyException wrong) {
            throw new WrongAnswerException(wrong.getMessage());
        } finally {
            sequencer.pause();
        }
    }

    @Override
    public void close() {
        CloseHelper.closeAll(load, first, second, sequencer);
    }

    /** What is done while the sequencer is awake. */
    @FunctionalInterface
    private interface Rest {
        Block run() throws Exception;
    }

    private static final class LeaseLock implements PeerLock {
        private final FencegateClient client;
        private Lease lease;

        LeaseLock(final FencegateClient client) {
            this.client = client;
        }

        @Override
        public long acquire() {
            lease = client.acquire(RESOURCE, TTL, Duration.ZERO);
            return lease.token();
        }

        @Override
        public OptionalLong tryAcquire() {
            try {
                return OptionalLong.of(acquire());
            } catch (final DeniedException held) {
                return OptionalLong.empty();
            }
        }

        @Override
        public void release() {
            client.release(lease.grant());
        }

        @Override
        public void close() {
            // The client is closed by whoever made it.
        }
    }
}
