package io.fencegate.app.audit;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Progress;
import io.fencegate.app.cli.Terminal;
import io.fencegate.app.launch.StateDirectory;
import io.fencegate.journal.JournalReader;
import io.fencegate.journal.JournalReport;
import io.fencegate.journal.JournalVerifier;
import io.fencegate.journal.recovery.JournalCorruptException;
import io.fencegate.journal.recovery.JournalForeignException;
import io.fencegate.journal.recovery.RecordView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit DIR}: replays a journal, whether its gateway runs or not. */
@Command(
        name = "audit",
        description = {
            "Replay a journal read-only, whether its gateway runs or not, and print its records; or " + "verify it.",
            "Exit code 4 if it is damaged or a property does not hold."
        },
        footer = {
            "",
            "Example:",
            "  $ fencegate audit ~/.local/state/fencegate --verify",
            "  intact: checksums, positions, S3 and S4 hold: records=4 generations=1 resources=1 "
                    + "fencesRaised=1 ...",
            "",
            "Exit codes: 0 done, and intact where verified; 2 wrong usage, or no journal; 4 damaged, or "
                    + "a property does not hold."
        })
public final class AuditCommand implements Callable<Integer> {
    private static final int POLL_LIMIT = 1024;

    private final Terminal terminal;
    private final Map<Integer, String> namesByHandle = new HashMap<>();

    @Mixin
    private OutputOptions output;

    @Parameters(paramLabel = "DIR", description = "Folder of the journal, or of the system that keeps it.")
    private Path directory;

    @Option(
            names = "--verify",
            description = "Check checksums, positions, S3 (tokens never fall) and S4 (sequences without gap or"
                    + " repeat), and name the first violation.")
    private boolean verify;

    @Option(names = "--resource", paramLabel = "NAME", description = "Only records of this resource.")
    private String resource;

    @Option(names = "--from", paramLabel = "POSITION", description = "Only records from this position on.")
    private Long from;

    @Option(names = "--to", paramLabel = "POSITION", description = "Only records up to this position.")
    private Long to;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json or csv; --json is --format json.")
    private String formatName;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public AuditCommand(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        final RowFormat format = format();
        final Path journal = journal();
        try {
            if (!verify || resource != null || from != null || to != null) {
                printRows(journal, format);
            }
            return (verify ? printReport(journal, format) : ExitCode.DONE).code();
        } catch (final JournalForeignException foreign) {
            throw new CommandException(ExitCode.USAGE, foreign.getMessage());
        } catch (final JournalCorruptException corrupt) {
            throw new CommandException(
                    ExitCode.VIOLATION, corrupt.getMessage() + "; nothing was changed, see: fencegate audit --verify");
        }
    }

    private void printRows(final Path journal, final RowFormat format) {
        if (!format.header().isEmpty()) {
            terminal.print(format.header());
        }
        try (JournalReader reader = JournalReader.open(journal)) {
            int count;
            do {
                count = reader.poll(record -> onRecord(record, format), POLL_LIMIT);
                terminal.flush();
            } while (count > 0);
        }
    }

    private void onRecord(final RecordView record, final RowFormat format) {
        final String name = nameOf(record);
        if ((resource == null || resource.equals(name))
                && (from == null || record.position() >= from)
                && (to == null || record.position() <= to)) {
            terminal.out().println(format.line(AuditRow.of(record, name)));
        }
    }

    private String nameOf(final RecordView record) {
        if (record.kind() == RecordView.Kind.FENCE_RAISED) {
            namesByHandle.put(record.handle(), text(record));
        } else if (record.kind() == RecordView.Kind.REQUEST_REFUSED && record.handle() == RecordView.NO_HANDLE) {
            return text(record);
        }
        return namesByHandle.getOrDefault(record.handle(), "");
    }

    private JournalReport verified(final Path journal) {
        final Progress progress = Progress.begin(terminal, "verifying the journal: dir=" + journal);
        try {
            return JournalVerifier.verify(journal);
        } finally {
            progress.close();
        }
    }

    private ExitCode printReport(final Path journal, final RowFormat format) {
        final JournalReport report = verified(journal);
        terminal.print(format == RowFormat.JSON ? AuditReport.json(report).toString() : AuditReport.text(report));
        return report.isIntact() ? ExitCode.DONE : ExitCode.VIOLATION;
    }

    private Path journal() {
        if (!Files.isDirectory(directory)) {
            throw new CommandException(ExitCode.USAGE, "there is no such directory: dir=" + directory);
        }
        final Path inside = StateDirectory.journal(directory);
        return Files.isDirectory(inside) ? inside : directory;
    }

    private RowFormat format() {
        if (output.json()) {
            return RowFormat.JSON;
        }
        for (final RowFormat format : RowFormat.values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(formatName)) {
                return format;
            }
        }
        throw new CommandException(
                ExitCode.USAGE, "no such format: --format " + formatName + "; expected one of table, json, csv");
    }

    private static String text(final RecordView record) {
        return record.bytes().getStringWithoutLengthUtf8(0, record.bytes().capacity());
    }
}
