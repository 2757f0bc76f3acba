package io.fencegate.verification.story.simulated;

import io.fencegate.verification.story.Checked;
import io.fencegate.verification.story.StageKind;
import io.fencegate.verification.story.Stories;
import io.fencegate.verification.story.Story;
import io.fencegate.verification.story.StoryPlayer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every story that the simulated world can play, played there: whatever its delays are, it is true. */
final class SimulatorStoryTest {
    private static final int SEEDS = 10;

    @TestFactory
    Stream<DynamicTest> theSimulatedWorldKeepsTheStory() {
        return Stories.on(StageKind.SIMULATOR).stream()
                .map(story -> DynamicTest.dynamicTest(story.name(), () -> play(story)));
    }

    private static void play(final Story story) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (SimulatorStage stage = new SimulatorStage(story, seed)) {
                Checked.check(StoryPlayer.play(story, StageKind.SIMULATOR, stage));
            }
        }
    }
}
