package io.fencegate.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.app.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code bench}, in its shortest form. */
class BenchTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing",
                "jmh --forks 0",
                "jmh --iteration x",
                "jmh nosuchstep",
                "ipc --blocks 0",
                "ipc --idle sleep",
                "latency --transport tcp",
                "latency --length 8",
                "latency --length 65537",
                "latency --writers 0",
                "latency --writers 1,1025",
                "latency --durability none",
                "latency --rate 0",
                "latency --seconds 0",
                "latency --idle sleep",
                "sequencer --nodes 2",
                "sequencer --sync 2",
                "sequencer --messages 0",
                "sequencer --messages x"
            })
    void wrongUsageIsOneSentenceAndExitCodeTwo(final String words) {
        assertEquals(2, bench(words.split(" ")));
        assertEquals(1, err().lines().count(), this::err);
        assertTrue(err().contains("--help"), this::err);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private int bench(final String... words) {
        final String[] args = new String[words.length + 1];
        args[0] = "bench";
        System.arraycopy(words, 0, args, 1, words.length);
        return Bench.run(
                new Terminal(
                        InputStream.nullInputStream(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of()),
                args);
    }
}
