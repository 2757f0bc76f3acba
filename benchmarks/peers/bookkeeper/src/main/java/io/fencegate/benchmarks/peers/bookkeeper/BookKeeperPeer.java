package io.fencegate.benchmarks.peers.bookkeeper;

import io.fencegate.benchmarks.peers.load.FencedWrites;
import io.fencegate.benchmarks.peers.load.Peer;
import io.fencegate.benchmarks.peers.load.PeerClient;
import io.fencegate.benchmarks.peers.load.PeerLoad;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.bookkeeper.client.BKException;
import org.apache.bookkeeper.client.BookKeeper;
import org.apache.bookkeeper.client.BookKeeper.DigestType;
import org.apache.bookkeeper.client.LedgerHandle;
import org.apache.bookkeeper.conf.ClientConfiguration;

/**
 * BookKeeper: a resource is a ledger, and a write an entry added to it. Who opens a resource recovers the ledger before,
 * which fences its writer at the bookie and closes it, and begins another one. Which ledger is whose the clients keep in
 * their memory. Each client has a connection of its own.
 */
public final class BookKeeperPeer implements Peer {
    private static final byte[] PASSWORD = new byte[0];
    private static final int TIMEOUT_S = 30;
    private static final long START_DEADLINE_NS = TimeUnit.SECONDS.toNanos(120);
    private static final long PAUSE_MS = 100;

    private final Map<String, Ledger> ledgers = new ConcurrentHashMap<>();
    private final int port;

    private BookKeeperPeer(final int port) throws Exception {
        this.port = port;
        awaitBookie();
    }

    /** Where the metadata is. */
    static String metadata(final int port) {
        return "zk+hierarchical://127.0.0.1:" + port + "/ledgers";
    }

    /**
     * Serves as the load of a bookie.
     *
     * @param args the port of its ZooKeeper on this machine
     * @throws Exception if it fails
     */
    public static void main(final String[] args) throws Exception {
        PeerLoad.serveProcess(new BookKeeperPeer(Integer.parseInt(args[0])));
        // Threads of the library's may live on.
        System.exit(0);
    }

    /** ZooKeeper is there a while before the bookie is: until then no ledger can be made. */
    private void awaitBookie() throws Exception {
        final long deadlineNs = System.nanoTime() + START_DEADLINE_NS;
        while (true) {
            final BookKeeper client = newClient();
            try {
                create(client).close();
                return;
            } catch (final BKException notYet) {
                if (System.nanoTime() - deadlineNs > 0) {
                    throw notYet;
                }
            } finally {
                client.close();
            }
            Thread.sleep(PAUSE_MS);
        }
    }

    private BookKeeper newClient() throws Exception {
        final ClientConfiguration config = new ClientConfiguration();
        config.setMetadataServiceUri(metadata(port));
        config.setAddEntryTimeout(TIMEOUT_S);
        config.setReadEntryTimeout(TIMEOUT_S);
        return new BookKeeper(config);
    }

    private static LedgerHandle create(final BookKeeper client) throws Exception {
        return client.createLedger(1, 1, 1, DigestType.CRC32C, PASSWORD);
    }

    @Override
    public String version() {
        // The server's too: it has the same class path.
        return BookKeeper.class.getPackage().getImplementationVersion();
    }

    @Override
    public PeerClient connect() throws Exception {
        return new Client(newClient());
    }

    @Override
    public void close() {
        // Each connection is closed by its client.
    }

    private record Ledger(long id, long token) {}

    private final class Client implements PeerClient {
        private final BookKeeper client;

        Client(final BookKeeper client) {
            this.client = client;
        }

        @Override
        public FencedWrites open(final String resource, final long token) throws Exception {
            final Ledger before = ledgers.get(resource);
            if (before != null) {
                if (before.token() >= token) {
                    throw new IllegalStateException("the token is not the highest: token=" + token);
                }
                // Fences the writer, and settles what the ledger's last entry is.
                client.openLedger(before.id(), DigestType.CRC32C, PASSWORD).close();
            }
            final LedgerHandle ledger = create(client);
            ledgers.put(resource, new Ledger(ledger.getId(), token));
            return new Writes(ledger);
        }

        /** The newest entry: one more than the last of which the bookie knows that the writer has its answer. */
        @Override
        public byte[] read(final String resource) throws Exception {
            final long id = ledgers.get(resource).id();
            final LedgerHandle ledger = client.openLedgerNoRecovery(id, DigestType.CRC32C, PASSWORD);
            try {
                final long newest = ledger.getLastAddConfirmed() + 1;
                return ledger.readUnconfirmedEntries(newest, newest)
                        .nextElement()
                        .getEntry();
            } finally {
                ledger.close();
            }
        }

        @Override
        public void close() {
            try {
                client.close();
            } catch (final BKException ex) {
                throw new IllegalStateException("the connection does not close", ex);
            } catch (final InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped while a connection closes", stopped);
            }
        }
    }

    private static final class Writes implements FencedWrites {
        private final LedgerHandle ledger;
        private boolean isFenced;

        Writes(final LedgerHandle ledger) {
            this.ledger = ledger;
        }

        @Override
        public boolean write(final byte[] payload) throws Exception {
            try {
                ledger.addEntry(payload);
                return true;
            } catch (final BKException.BKLedgerFencedException fenced) {
                isFenced = true;
                return false;
            } catch (final BKException.BKLedgerClosedException closed) {
                // The client gives a ledger up once it was fenced.
                if (!isFenced) {
                    throw closed;
                }
                return false;
            }
        }

        /**
         * Waits, too, until the client is through with the last answer: it tells the writer before, and a client that is
         * closed meanwhile fails.
         */
        @Override
        public void close() {
            try {
                ledger.close();
            } catch (final BKException ex) {
                if (!isFenced) {
                    throw new IllegalStateException("the ledger does not close", ex);
                }
                // Whoever fenced it has closed it.
            } catch (final InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped while a ledger closes", stopped);
            }
        }
    }
}
