package io.fencegate.verification.story.law;

import io.fencegate.verification.story.Checked;
import io.fencegate.verification.story.StageKind;
import io.fencegate.verification.story.Stories;
import io.fencegate.verification.story.Story;
import io.fencegate.verification.story.StoryPlayer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every story, told to lease table and fence table put together directly. */
final class LawStoryTest {
    @TestFactory
    Stream<DynamicTest> theLawKeepsTheStory() {
        return Stories.on(StageKind.LAW).stream()
                .map(story -> DynamicTest.dynamicTest(story.name(), () -> play(story)));
    }

    private static void play(final Story story) {
        try (LawStage stage = new LawStage(story)) {
            Checked.check(StoryPlayer.play(story, StageKind.LAW, stage));
        }
    }
}
