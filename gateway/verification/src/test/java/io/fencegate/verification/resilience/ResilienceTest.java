package io.fencegate.verification.resilience;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.app.process.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The resilience table in its brief form: one system of real processes, and every fault after the other. Times are told
 * in {@code target/resilience.md}, and not asserted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResilienceTest {
    private final List<String> table = new ArrayList<>(ResilienceTable.head());
    private Stage stage;
    private Laboratory laboratory;

    static Stream<Fault> faults() {
        return Fault.all().stream();
    }

    @BeforeAll
    @Timeout(value = 180, unit = TimeUnit.SECONDS)
    void open() {
        stage = Stage.open(null, "fencegate-chaos-");
        laboratory = Laboratory.open(stage, Times.brief());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void aClientComesOutOf(final Fault fault) {
        final Row row = laboratory.play(fault);
        table.add(ResilienceTable.line(row));

        assertTrue(row.held(), () -> row.broken() + " " + row.story());
    }

    @AfterAll
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void close() throws IOException {
        stage.close();
        Files.write(Path.of("target", "resilience.md"), table);
    }
}
