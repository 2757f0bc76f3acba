package io.fencegate.verification.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The stories in their folder. */
public final class Stories {
    private Stories() {}

    static List<Story> all() {
        try (Stream<Path> files =
                Files.list(Path.of(Stories.class.getResource("/stories").toURI()))) {
            final List<Story> stories = files.sorted().map(Stories::read).toList();
            if (stories.isEmpty()) {
                throw new IllegalStateException("no stories");
            }
            return stories;
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (final URISyntaxException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** The stories of a stage. @param stage on which they can be played @return in the order of their names */
    public static List<Story> on(final StageKind stage) {
        return all().stream().filter(story -> story.stages().contains(stage)).toList();
    }

    private static Story read(final Path file) {
        try {
            return StoryParser.parse(file.getFileName().toString(), Files.readAllLines(file));
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
