package io.fencegate.benchmarks.peers.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** The load of a peer: what it says about one that fences, and about one that does not. */
class PeerLoadTest {
    @Test
    void measuresAPeerThatFences() throws Exception {
        final List<String> answers = answers(new FakePeer(true), "version", "prove", "open 2 64", "write 5", "fence");
        assertEquals(List.of("ok fake", "ok", "ok"), answers.subList(0, 3));
        assertTrue(Block.ofWords(answers.get(3).substring("ok ".length())).exchanges() >= 2, answers.get(3));
        assertEquals("ok", answers.get(4));
    }

    @Test
    void aPeerThatTakesAStaleWriteIsWrong() throws Exception {
        final List<String> answers = answers(new FakePeer(false), "prove", "open 1 64", "write 5", "fence");
        assertTrue(answers.get(0).startsWith("wrong a write under a stale token was accepted"), answers.get(0));
        assertTrue(answers.get(3).startsWith("wrong a write under a stale token was accepted"), answers.get(3));
    }

    private static List<String> answers(final Peer peer, final String... commands) throws Exception {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final String input = String.join("\n", commands) + "\n";
        PeerLoad.serve(
                peer,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** A map; it compares tokens, or does not. */
    private record FakePeer(boolean isFenced, Map<String, Long> fences, Map<String, byte[]> values)
            implements Peer, PeerClient {
        FakePeer(final boolean isFenced) {
            this(isFenced, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }

        @Override
        public String version() {
            return "fake";
        }

        @Override
        public PeerClient connect() {
            return this;
        }

        @Override
        public FencedWrites open(final String resource, final long token) {
            fences.put(resource, token);
            return new FencedWrites() {
                @Override
                public boolean write(final byte[] payload) {
                    if (isFenced && token < fences.get(resource)) {
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

        @Override
        public byte[] read(final String resource) {
            return values.get(resource);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
