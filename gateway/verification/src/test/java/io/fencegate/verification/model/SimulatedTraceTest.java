package io.fencegate.verification.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.History;
import io.fencegate.verification.simulator.Simulation;
import io.fencegate.verification.simulator.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the shipped state machines do in the simulator is a behaviour of the model: code and model cannot drift apart. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SimulatedTraceTest {
    private static final long SEEDS = 6;

    @TempDir
    private Path directory;

    @Test
    void whatTheSimulatorSeesTheModelCanDo() throws InterruptedException, ExecutionException {
        final TraceValidation validation = new TraceValidation(directory);
        final ExecutorService runs = Executors.newFixedThreadPool(2);
        try {
            final List<Future<String>> refusals = new ArrayList<>();
            for (long seed = 1; seed <= SEEDS; seed++) {
                final String of = "seed " + seed + ": ";
                final History history = Simulation.run(Plan.of(seed)).history();
                for (final String resource : resources(history)) {
                    refusals.add(runs.submit(() -> refusal(of + resource + ": ", validation.check(history, resource))));
                }
            }
            assertTrue(refusals.size() >= SEEDS, "resources=" + refusals.size());
            for (final Future<String> refusal : refusals) {
                assertEquals("", refusal.get());
            }
        } finally {
            runs.shutdownNow();
            assertTrue(runs.awaitTermination(30, TimeUnit.SECONDS), "TLC still runs");
        }
    }

    /** As if the gateway had answered opens before their fences were on disk. */
    @Test
    void aSimulatedTraceWithoutItsSyncsIsRefused() throws IOException, InterruptedException {
        final History whole = Simulation.run(Plan.of(1)).history();
        final History broken = new History(whole.header());
        whole.events().stream()
                .filter(event -> event.kind() != EventKind.FENCE_SYNCED)
                .forEach(broken::add);
        final TraceVerdict verdict =
                new TraceValidation(directory).check(broken, resources(whole).first());
        assertFalse(verdict.accepted());
        assertTrue(verdict.sentence().contains("OPEN_ANSWERED"), verdict.sentence());
        assertTrue(verdict.sentence().contains("is no AnswerOpen of the gateway"), verdict.sentence());
    }

    private static String refusal(final String of, final TraceVerdict verdict) {
        return verdict.accepted() ? "" : of + verdict.sentence();
    }

    private static TreeSet<String> resources(final History history) {
        final TreeSet<String> resources = new TreeSet<>();
        history.events().stream()
                .filter(event -> event.kind() == EventKind.FENCE_RAISED)
                .map(Event::resource)
                .forEach(resources::add);
        return resources;
    }
}
