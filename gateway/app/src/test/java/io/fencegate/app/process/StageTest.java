package io.fencegate.app.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.app.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage ends its processes whatever they do, and leaves no files. */
class StageTest {
    @TempDir
    private Path directory;

    @Test
    void noProcessAndNoFileOutlivesAStageNotEvenAProcessThatStandsStill() throws IOException {
        final Path leftover = Files.createDirectory(directory.resolve("leftover"));
        Files.createFile(leftover.resolve("file"));
        final Path folder;
        final ChildProcess running;
        final ChildProcess stopped;
        try (Stage stage = Stage.open(null, "fencegate-stage-test-")) {
            folder = stage.directory();
            stage.removeAtEnd(leftover);
            final Actor actor = stage.startActor("running", EchoProgram.class, "one two");
            running = actor.process();
            assertEquals("one two", actor.ready().text("first"));
            assertEquals(
                    "a b=c",
                    actor.demand(Facts.of("say").with("text", "a b=c"), "say").text("text"));
            assertNull(running.poll());
            stopped = stage.startActor("stopped", EchoProgram.class, "x").process();
            stopped.suspend();
            stopped.send(Facts.of("say").toString());

            assertTrue(running.isAlive() && stopped.isAlive());
            assertNull(stopped.poll(), "it stands still");
        }

        assertFalse(running.isAlive() || stopped.isAlive());
        assertFalse(Files.exists(folder) || Files.exists(leftover));
    }

    @Test
    void aKilledProcessIsToldByNameAndNothingIsStartedOnAClosedStage() {
        final Stage stage = Stage.open(directory.resolve("kept"), "unused");
        try (stage) {
            final ChildProcess process =
                    stage.startActor("victim", EchoProgram.class, "x").process();
            process.kill();

            final CommandException lost = assertThrows(CommandException.class, () -> process.await(10_000));
            assertTrue(lost.getMessage().contains("name=victim"), lost.getMessage());
        }

        assertTrue(Files.exists(directory.resolve("kept")));
        assertThrows(CommandException.class, () -> stage.startActor("late", EchoProgram.class, "x"));
    }
}
