package io.fencegate.app.roles;

import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Terminal;
import io.fencegate.app.launch.SealKeyFile;
import io.fencegate.core.grant.SealKey;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keygen FILE}: makes a key for the seals. */
@Command(
        name = "keygen",
        description = "Make a key for the seals: a new file that only its owner may read."
                + " Sequencer and gateway share it (seal.key.file).",
        footer = {
            "",
            "Example:",
            "  $ fencegate keygen seal.key",
            "  file=seal.key fingerprint=3b8f0c3a5d1e9f27",
            "",
            "Exit codes: 0 made; 2 wrong usage, or the file is there already or cannot be written."
        })
public final class KeygenCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private OutputOptions output;

    @Parameters(paramLabel = "FILE", description = "The new file.")
    private Path file;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public KeygenCommand(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        final SealKey key = SealKeyFile.create(file);
        final String fingerprint = String.format("%016x", key.fingerprint());
        terminal.print(
                output.json()
                        ? new JsonObject()
                                .put("file", file.toString())
                                .put("fingerprint", fingerprint)
                                .toString()
                        : "file=" + file + " fingerprint=" + fingerprint);
        return ExitCode.DONE.code();
    }
}
