package io.fencegate.app.roles;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Shapes;
import io.fencegate.app.cli.Terminal;
import io.fencegate.app.launch.SealKeyFile;
import io.fencegate.core.grant.SealKey;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keygen FILE}: makes a key for the seals. */
@Command(
        name = "keygen",
        description = "Make a key for the seals: a new file that only its owner may read."
                + " Sequencer and gateway share it (seal.key.file). A file may hold several keys while one replaces"
                + " another: see sequencer keys.",
        footer = {
            "",
            "Example:",
            "  $ fencegate keygen seal.key",
            "  file=seal.key fingerprint=3b8f0c3a5d1e9f27",
            "  $ fencegate keygen --append seal.key",
            "  $ fencegate keygen --retire 3b8f0c3a5d1e9f27 seal.key",
            "",
            "Exit codes: 0 made; 2 wrong usage, or the file is there already, has no such key, or cannot be written."
        })
public final class KeygenCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private OutputOptions output;

    @Option(names = "--append", description = "Add a new key to a file that is there: the newest.")
    private boolean append;

    @Option(
            names = "--retire",
            paramLabel = "FINGERPRINT",
            description = "Mark a key of a file that is there: gateways take it no more.")
    private String retire;

    @Parameters(paramLabel = "FILE", description = "The new file, or with --append and --retire one that is there.")
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
        final String fingerprint = change();
        terminal.print(
                output.json()
                        ? new JsonObject()
                                .put("file", file.toString())
                                .put("fingerprint", fingerprint)
                                .toString()
                        : "file=" + file + " fingerprint=" + fingerprint);
        return ExitCode.DONE.code();
    }

    private String change() {
        if (append && retire != null) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--append and --retire are two steps: give one of them; see: fencegate keygen --help");
        }
        if (retire != null) {
            final long fingerprint = Shapes.parseFingerprint(retire);
            new SealKeyFile(file).retire(fingerprint);
            return Shapes.fingerprint(fingerprint);
        }
        final SealKey key = append ? new SealKeyFile(file).append() : SealKeyFile.create(file);
        return Shapes.fingerprint(key.fingerprint());
    }
}
