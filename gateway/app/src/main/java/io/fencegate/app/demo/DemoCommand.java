package io.fencegate.app.demo;

import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Terminal;
import io.fencegate.app.process.Stage;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: plays the story of the paused client with real processes. */
@Command(
        name = "demo",
        description = "Play the story of the paused client with real processes, on this machine, without configuration:"
                + " its lease ends while it is stopped, another client writes, and it wakes up and writes too."
                + " Exit code 0 only if every property held.",
        footer = {
            "",
            "Example:",
            "  $ fencegate demo --keep /tmp/demo",
            "",
            "Exit codes: 0 every property held; 4 one did not; 2 wrong usage."
        })
public final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Play in this new folder and keep it: journal, logs, output of the processes.")
    private Path keep;

    @Option(
            names = "--unfenced",
            description = "The same clients with a naive storage that checks no tokens: shows the corrupted file.")
    private boolean unfenced;

    @Option(names = "--profile", hidden = true, description = "Chosen by the launcher.")
    private String profile;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public DemoCommand(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        final Timeline timeline = new Timeline(terminal, output.json());
        try (Stage stage = Stage.open(keep, "fencegate-demo-")) {
            if (unfenced) {
                new UnfencedStory(stage, timeline).play();
            } else {
                new FencedStory(stage, timeline).play();
            }
        }
        return end(timeline).code();
    }

    private ExitCode end(final Timeline timeline) {
        final boolean held = timeline.allHeld();
        timeline.gap();
        if (output.json()) {
            terminal.print(new JsonObject()
                    .put("checks", timeline.checks())
                    .put("broken", timeline.broken())
                    .put("held", held)
                    .toString());
        } else if (!held) {
            terminal.print("BROKEN: " + String.join("; ", timeline.broken()));
        } else if (unfenced) {
            terminal.print("A lock alone did not protect the file. The same story with fencing: fencegate demo");
        } else {
            terminal.print("All " + timeline.checks() + " properties held."
                    + " Without fencing the same story corrupts the file: fencegate demo --unfenced");
        }
        if (keep != null) {
            terminal.say("kept dir=" + keep + "; look at it with: fencegate audit " + keep);
        }
        return held ? ExitCode.DONE : ExitCode.VIOLATION;
    }
}
