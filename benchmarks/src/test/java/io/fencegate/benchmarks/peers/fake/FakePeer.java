package io.fencegate.benchmarks.peers.fake;

import io.fencegate.benchmarks.peers.load.FencedWrites;
import io.fencegate.benchmarks.peers.load.Peer;
import io.fencegate.benchmarks.peers.load.PeerClient;
import io.fencegate.benchmarks.peers.load.PeerLoad;
import io.fencegate.benchmarks.peers.load.PeerLock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A peer whose clients keep everything in their own memory, and ask {@link FakeServer} before each write: so it can die.
 * What is wrong with it is its main class.
 */
public class FakePeer implements Peer {
    private static final int WRITES_BEFORE_DEATH = 20;
    private static final int GRANTS_BEFORE_REPEAT = 20;

    private final Map<String, Long> fences = new ConcurrentHashMap<>();
    private final Map<String, byte[]> values = new ConcurrentHashMap<>();
    private final AtomicReference<Object> holder = new AtomicReference<>();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong grants = new AtomicLong();
    private final int port;
    private final Fault fault;

    /** What is wrong. */
    enum Fault {
        NONE,
        SERVER_DIES,
        STALE_WRITES_ARE_TAKEN,
        GRANTS_REPEAT
    }

    FakePeer(final String[] args, final Fault fault) {
        port = Integer.parseInt(args[0]);
        this.fault = fault;
    }

    /** Nothing is wrong. */
    public static final class Good {
        private Good() {}

        /** The load. @param args the server's port @throws Exception if it fails */
        public static void main(final String[] args) throws Exception {
            PeerLoad.serveProcess(new FakePeer(args, Fault.NONE));
        }
    }

    /** Its server dies of a write. */
    public static final class Dying {
        private Dying() {}

        /** The load. @param args the server's port @throws Exception if it fails */
        public static void main(final String[] args) throws Exception {
            PeerLoad.serveProcess(new FakePeer(args, Fault.SERVER_DIES));
        }
    }

    /** It fences nobody. */
    public static final class Lying {
        private Lying() {}

        /** The load. @param args the server's port @throws Exception if it fails */
        public static void main(final String[] args) throws Exception {
            PeerLoad.serveProcess(new FakePeer(args, Fault.STALE_WRITES_ARE_TAKEN));
        }
    }

    /** Its lock gives a number twice. */
    public static final class Repeating {
        private Repeating() {}

        /** The load. @param args the server's port @throws Exception if it fails */
        public static void main(final String[] args) throws Exception {
            PeerLoad.serveProcess(new FakePeer(args, Fault.GRANTS_REPEAT));
        }
    }

    @Override
    public String version() {
        return "fake";
    }

    @Override
    public PeerClient connect() throws IOException {
        return new Client(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private final class Client implements PeerClient, PeerLock {
        private final Socket socket;

        Client(final Socket socket) {
            this.socket = socket;
        }

        @Override
        public FencedWrites open(final String resource, final long token) {
            fences.put(resource, token);
            return new FencedWrites() {
                @Override
                public boolean write(final byte[] payload) throws IOException {
                    ask();
                    if (fault != Fault.STALE_WRITES_ARE_TAKEN && token < fences.get(resource)) {
                        return false;
                    }
                    values.put(resource, payload.clone());
                    return true;
                }

                @Override
                public void close() {
                    // Nothing is held.
                }
            };
        }

        private void ask() throws IOException {
            final boolean isDeadly = fault == Fault.SERVER_DIES && writes.incrementAndGet() > WRITES_BEFORE_DEATH;
            socket.getOutputStream().write(isDeadly ? FakeServer.DEADLY : 1);
            if (socket.getInputStream().read() != 1) {
                throw new IOException("the server is gone");
            }
        }

        @Override
        public byte[] read(final String resource) {
            return values.get(resource);
        }

        @Override
        public PeerLock lock(final String name) {
            return this;
        }

        @Override
        public long acquire() {
            return tryAcquire().orElseThrow();
        }

        @Override
        public OptionalLong tryAcquire() {
            if (!holder.compareAndSet(null, this)) {
                return OptionalLong.empty();
            }
            final long grant = grants.incrementAndGet();
            return OptionalLong.of(fault == Fault.GRANTS_REPEAT ? Math.min(grant, GRANTS_BEFORE_REPEAT) : grant);
        }

        @Override
        public void release() {
            holder.set(null);
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (final IOException gone) {
                // As it should be.
            }
        }
    }
}
