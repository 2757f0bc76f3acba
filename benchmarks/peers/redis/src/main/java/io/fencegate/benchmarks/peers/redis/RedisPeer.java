package io.fencegate.benchmarks.peers.redis;

import io.fencegate.benchmarks.peers.load.FencedWrites;
import io.fencegate.benchmarks.peers.load.Peer;
import io.fencegate.benchmarks.peers.load.PeerClient;
import io.fencegate.benchmarks.peers.load.PeerLoad;
import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.Jedis;

/**
 * Redis: a script compares the writer's token with the fence that is kept beside the value, and sets the value. Each
 * connection is one of jedis, blocking, over TCP; the script is sent once and called by its digest.
 */
public final class RedisPeer implements Peer {
    private final int port;

    private RedisPeer(final int port) {
        this.port = port;
    }

    /**
     * Serves as the load of a Redis.
     *
     * @param args the server's port on this machine
     * @throws Exception if it fails
     */
    public static void main(final String[] args) throws Exception {
        PeerLoad.serveProcess(new RedisPeer(Integer.parseInt(args[0])));
    }

    @Override
    public String version() {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            return jedis.info("server")
                    .lines()
                    .filter(line -> line.startsWith("redis_version:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }

    @Override
    public PeerClient connect() {
        return new Client(new Jedis("127.0.0.1", port));
    }

    @Override
    public void close() {
        // Each connection is closed by its client.
    }

    private static final class Client implements PeerClient {
        private static final String OPEN = """
                if tonumber(ARGV[1]) <= tonumber(redis.call('HGET', KEYS[1], 'fence') or '0') then return 0 end
                redis.call('HSET', KEYS[1], 'fence', ARGV[1])
                return 1
                """;
        private static final String WRITE = """
                if tonumber(ARGV[1]) < tonumber(redis.call('HGET', KEYS[1], 'fence') or '0') then return 0 end
                redis.call('HSET', KEYS[1], 'value', ARGV[2])
                return 1
                """;

        private final Jedis jedis;
        private final byte[] write;

        Client(final Jedis jedis) {
            this.jedis = jedis;
            write = bytes(jedis.scriptLoad(WRITE));
        }

        @Override
        public FencedWrites open(final String resource, final long token) {
            final byte[] key = bytes(resource);
            final byte[] fence = bytes(Long.toString(token));
            if (!isOne(jedis.eval(bytes(OPEN), List.of(key), List.of(fence)))) {
                throw new IllegalStateException("the token is not the highest: token=" + token);
            }
            return new FencedWrites() {
                @Override
                public boolean write(final byte[] payload) {
                    return isOne(jedis.evalsha(write, List.of(key), List.of(fence, payload)));
                }

                @Override
                public void close() {
                    // Nothing is held but the connection.
                }
            };
        }

        @Override
        public byte[] read(final String resource) {
            return jedis.hget(bytes(resource), bytes("value"));
        }

        @Override
        public void close() {
            jedis.close();
        }

        private static boolean isOne(final Object reply) {
            if (reply instanceof Long number && (number == 0 || number == 1)) {
                return number == 1;
            }
            throw new IllegalStateException("neither 0 nor 1: reply=" + reply);
        }

        private static byte[] bytes(final String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
