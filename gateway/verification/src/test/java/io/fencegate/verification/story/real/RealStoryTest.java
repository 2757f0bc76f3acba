package io.fencegate.verification.story.real;

import io.fencegate.verification.story.Checked;
import io.fencegate.verification.story.StageKind;
import io.fencegate.verification.story.Stories;
import io.fencegate.verification.story.Story;
import io.fencegate.verification.story.StoryPlayer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every story that a running system can play, played by one. */
final class RealStoryTest {
    @TempDir
    private static Path directory;

    private static RealWorld world;

    @BeforeAll
    static void start() {
        world = new RealWorld(directory);
    }

    @AfterAll
    static void stop() {
        CloseHelper.close(world);
    }

    @TestFactory
    Stream<DynamicTest> theSystemKeepsTheStory() {
        return Stories.on(StageKind.REAL).stream()
                .map(story -> DynamicTest.dynamicTest(story.name(), () -> play(story)));
    }

    private static void play(final Story story) {
        try (RealStage stage = new RealStage(world, story)) {
            Checked.check(StoryPlayer.play(story, StageKind.REAL, stage));
        }
    }
}
