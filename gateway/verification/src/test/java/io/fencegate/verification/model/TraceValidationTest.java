package io.fencegate.verification.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.verification.history.History;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A trace that the model can follow is accepted; one that breaks a rule is refused at the event that breaks it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TraceValidationTest {
    private static final String RESOURCE = "orders";
    private static final String HEADER = "history durability=disk sealed=true transport=stream";
    private static final String BLOCK = "== ";

    @TempDir
    private static Path directory;

    private static ExecutorService runs;
    private static final Map<Refused, Future<TraceVerdict>> REFUSED = new LinkedHashMap<>();

    /** A trace, the kind of the event that breaks a rule, and the action of the model that it is not. */
    private record Refused(String rule, String kind, String action, List<String> lines) {
        @Override
        public String toString() {
            return rule;
        }
    }

    @BeforeAll
    static void start() {
        runs = Executors.newFixedThreadPool(2);
        final TraceValidation validation = new TraceValidation(directory);
        refused()
                .forEach(trace -> REFUSED.put(
                        trace, runs.submit(() -> validation.check(History.parse(trace.lines()), RESOURCE))));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        runs.shutdownNow();
        assertTrue(runs.awaitTermination(30, TimeUnit.SECONDS), "TLC still runs");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatBreaksARuleIsRefusedThere(final Refused trace) throws ExecutionException, InterruptedException {
        final TraceVerdict verdict = REFUSED.get(trace).get();
        assertFalse(verdict.accepted(), "accepted");
        assertTrue(verdict.sentence().contains(trace.kind()), verdict.sentence());
        assertTrue(verdict.sentence().contains("is no " + trace.action() + " of the "), verdict.sentence());
        // What breaks the rule is the last event of each of these traces.
        assertTrue(
                verdict.sentence().contains("event " + verdict.steps() + " of " + verdict.steps()), verdict.sentence());
    }

    @ParameterizedTest
    @ValueSource(strings = {"life-of-a-resource.history", "process.history"})
    void whatTheModelCanDoIsAccepted(final String name) throws IOException, InterruptedException {
        final Path own = directory.resolve(name);
        assertTrue(own.toFile().mkdir());
        final TraceVerdict verdict = new TraceValidation(own).check(History.parse(lines(name)), RESOURCE);
        assertEquals("", verdict.sentence());
        assertTrue(verdict.accepted());
        assertTrue(verdict.steps() > 10, "steps=" + verdict.steps());
    }

    private static Stream<Refused> refused() {
        final List<Refused> traces = new ArrayList<>();
        for (final String line : lines("refused.txt")) {
            if (line.startsWith(BLOCK)) {
                final String[] title = line.substring(BLOCK.length()).split(" \\| ");
                final String[] event = title[1].split(" ");
                traces.add(new Refused(title[0], event[0], event[1], new ArrayList<>(List.of(HEADER))));
            } else if (!traces.isEmpty()) {
                traces.get(traces.size() - 1).lines().add(line);
            }
        }
        return traces.stream();
    }

    private static List<String> lines(final String name) {
        try (InputStream in = TraceValidationTest.class.getResourceAsStream("/traces/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (final IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
