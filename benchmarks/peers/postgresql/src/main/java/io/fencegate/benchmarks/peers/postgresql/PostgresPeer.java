package io.fencegate.benchmarks.peers.postgresql;

import io.fencegate.benchmarks.peers.load.FencedWrites;
import io.fencegate.benchmarks.peers.load.Peer;
import io.fencegate.benchmarks.peers.load.PeerClient;
import io.fencegate.benchmarks.peers.load.PeerLoad;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL: an update by primary key that finds its row only if the fence in it is not above the writer's token. One
 * prepared statement a connection, each execution a transaction of its own, over TCP. How a commit is synced is the
 * server's setting.
 */
public final class PostgresPeer implements Peer {
    private static final long START_DEADLINE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_MS = 50;
    private static final String STARTING_UP = "57P03";

    private final String url;

    private PostgresPeer(final int port) throws SQLException, InterruptedException {
        // Prepared on the server from the first execution on, not from the fifth.
        url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&prepareThreshold=-1";
        try (Connection connection = firstConnection();
                Statement statement = connection.createStatement()) {
            // Room in each page, so that an update need not touch the index: how such a table is run in earnest.
            statement.execute("create table if not exists fenced ("
                    + "id text primary key, fence bigint not null, value bytea) with (fillfactor = 50)");
        }
    }

    /** The port is open a moment before the database is. */
    private Connection firstConnection() throws SQLException, InterruptedException {
        final long deadlineNs = System.nanoTime() + START_DEADLINE_NS;
        while (true) {
            try {
                return DriverManager.getConnection(url);
            } catch (final SQLException ex) {
                if (!STARTING_UP.equals(ex.getSQLState()) || System.nanoTime() - deadlineNs > 0) {
                    throw ex;
                }
            }
            Thread.sleep(PAUSE_MS);
        }
    }

    /**
     * Serves as the load of a PostgreSQL.
     *
     * @param args the server's port on this machine
     * @throws Exception if it fails
     */
    public static void main(final String[] args) throws Exception {
        PeerLoad.serveProcess(new PostgresPeer(Integer.parseInt(args[0])));
    }

    @Override
    public String version() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select current_setting('server_version') || ' synchronous_commit='"
                                + " || current_setting('synchronous_commit') || ' fsync=' || current_setting('fsync')")) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public PeerClient connect() throws SQLException {
        return new Client(DriverManager.getConnection(url));
    }

    @Override
    public void close() {
        // Each connection is closed by its client.
    }

    private static final class Client implements PeerClient {
        private final Connection connection;

        Client(final Connection connection) {
            this.connection = connection;
        }

        @Override
        public FencedWrites open(final String resource, final long token) throws SQLException {
            try (PreparedStatement raise = connection.prepareStatement("insert into fenced (id, fence) values (?, ?)"
                    + " on conflict (id) do update set fence = excluded.fence where fenced.fence < excluded.fence")) {
                raise.setString(1, resource);
                raise.setLong(2, token);
                if (raise.executeUpdate() != 1) {
                    throw new IllegalStateException("the token is not the highest: token=" + token);
                }
            }
            final PreparedStatement update =
                    connection.prepareStatement("update fenced set value = ?, fence = ? where id = ? and fence <= ?");
            update.setLong(2, token);
            update.setString(3, resource);
            update.setLong(4, token);
            return new FencedWrites() {
                @Override
                public boolean write(final byte[] payload) throws SQLException {
                    update.setBytes(1, payload);
                    return update.executeUpdate() == 1;
                }

                @Override
                public void close() {
                    // Goes with its connection.
                }
            };
        }

        @Override
        public byte[] read(final String resource) throws SQLException {
            try (PreparedStatement select = connection.prepareStatement("select value from fenced where id = ?")) {
                select.setString(1, resource);
                try (ResultSet rows = select.executeQuery()) {
                    rows.next();
                    return rows.getBytes(1);
                }
            }
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (final SQLException ex) {
                throw new IllegalStateException("the connection does not close", ex);
            }
        }
    }
}
