package io.fencegate.app.demo;

import io.fencegate.app.process.Actor;
import io.fencegate.app.process.Facts;
import io.fencegate.app.process.Role;
import io.fencegate.app.process.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The story with a naive storage: the lease is granted rightly, and the file is corrupt all the same.
 *
 * <p>One thread.
 */
final class UnfencedStory {
    private final Stage stage;
    private final Timeline timeline;

    UnfencedStory(final Stage stage, final Timeline timeline) {
        this.stage = stage;
        this.timeline = timeline;
    }

    void play() {
        timeline.title("The same two clients and the same lock service, but a storage that checks no tokens.");
        final Role sequencer = stage.startRole("sequencer", "sequencer");
        final Role driver = stage.startRole("driver", "driver");
        final Path file = stage.directory().resolve(Cast.RESOURCE + ".txt");
        final Actor storage = stage.startActor("storage", NaiveStorage.class, file.toString());
        timeline.tell("storage", "a file server, pid=" + storage.process().pid() + ": writes what it is told");

        final Cast cast = new Cast(stage, timeline, sequencer, driver);
        cast.enter(storage.ready().text("port"));
        cast.firstHolder();
        cast.secondHolder();
        final Facts late = cast.firstHolderWakes();
        timeline.tell("storage", "takes A's write, offset " + late.text("offset") + ": it has no reason to refuse");

        timeline.gap();
        timeline.tell("file", "what is in it now:");
        final List<String> lines = lines(file);
        timeline.show(lines);
        final List<String> lost = cast.acknowledged().stream()
                .filter(line -> !lines.contains(line))
                .toList();
        timeline.tell("file", "acknowledged and gone: " + lost);
        timeline.gap();
        timeline.check(
                "the file is corrupt: A's late write was taken, and stands where an acknowledged line of B stood",
                late.word().equals("accepted") && lost.equals(List.of("line 1 by B")));
    }

    private static List<String> lines(final Path file) {
        try {
            return Files.readAllLines(file).stream().map(String::stripTrailing).toList();
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
