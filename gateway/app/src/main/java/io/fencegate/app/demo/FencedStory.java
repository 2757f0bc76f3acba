package io.fencegate.app.demo;

import io.fencegate.app.audit.AuditReport;
import io.fencegate.app.cli.Shapes;
import io.fencegate.app.config.Settings;
import io.fencegate.app.launch.SealKeyFile;
import io.fencegate.app.launch.StateDirectory;
import io.fencegate.app.process.Facts;
import io.fencegate.app.process.Role;
import io.fencegate.app.process.Stage;
import io.fencegate.core.grant.Verdict;
import io.fencegate.journal.JournalReader;
import io.fencegate.journal.JournalReport;
import io.fencegate.journal.JournalVerifier;
import io.fencegate.journal.recovery.RecordView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The story with a gateway: the late write is refused, and what was acknowledged survives the gateway's death.
 *
 * <p>One thread.
 */
final class FencedStory {
    private static final int POLL_LIMIT = 256;

    private final Stage stage;
    private final Timeline timeline;

    FencedStory(final Stage stage, final Timeline timeline) {
        this.stage = stage;
        this.timeline = timeline;
    }

    void play() {
        timeline.title("A client is paused past the end of its lease, another one takes over, and the first one wakes"
                + " up and writes.");
        final Path key = StateDirectory.sealKey(stage.directory());
        SealKeyFile.create(key);
        final String sealKey = Settings.SEAL_KEY_FILE.name() + "=" + key;

        final Role sequencer = stage.startRole("sequencer", "sequencer", "--set", sealKey);
        timeline.tell("sequencer", "3 nodes run, pid=" + sequencer.process().pid());
        final Role driver = stage.startRole("driver", "driver");
        final Role gateway = stage.startRole("gateway", "gateway", "--set", sealKey);
        timeline.tell("gateway", "runs, pid=" + gateway.process().pid());

        final Cast cast = new Cast(stage, timeline, sequencer, driver);
        cast.enter(gateway.endpoint(Settings.CLIENT_GATEWAY_CHANNEL));
        cast.firstHolder();
        cast.secondHolder();
        final Facts late = cast.firstHolderWakes();
        tellRefusal(late);

        gateway.process().kill();
        timeline.tell("gateway", "is killed (kill -9)");
        final Role second = stage.startRole("gateway again", "gateway", "--set", sealKey);
        timeline.tell("gateway", "runs again, pid=" + second.process().pid() + ", with what its journal tells");
        final Facts found = cast.clientB().demand(Facts.of("read").with("resource", Cast.RESOURCE), "found");
        timeline.tell(
                "client B",
                "reads '" + found.text("text") + "': generation=" + found.text("generation") + " position="
                        + found.text("position"));
        final Facts next = cast.write(cast.clientB(), "line 4 by B, after the restart");

        checkStory(cast, late, found, next);
        checkJournal(cast);
    }

    private void tellRefusal(final Facts late) {
        timeline.tell(
                "gateway",
                late.word().equals("refused")
                        ? "refuses A's write: " + late.text("verdict") + ", token "
                                + Shapes.token(late.number("token")) + " is fenced by token "
                                + Shapes.token(late.number("fenceToken"))
                        : "answers A's write: " + late.describe());
    }

    private void checkStory(final Cast cast, final Facts late, final Facts found, final Facts next) {
        final Facts last = cast.lastOfB();
        timeline.gap();
        timeline.check("B's token is higher than A's", cast.tokenB() > cast.tokenA());
        timeline.check(
                "A's late write was refused: STALE_TOKEN, naming both tokens",
                late.word().equals("refused")
                        && late.text("verdict").equals(Verdict.STALE_TOKEN.name())
                        && late.number("token") == cast.tokenA()
                        && late.number("fenceToken") == cast.tokenB());
        timeline.check(
                "after kill -9 the last acknowledged record is there, where it was",
                found.text("text").equals("line 3 by B")
                        && found.number("token") == cast.tokenB()
                        && found.text("sequence").equals(last.text("sequence"))
                        && found.text("generation").equals(last.text("generation"))
                        && found.text("position").equals(last.text("position")));
        timeline.check(
                "B went on exactly behind it",
                next.text("verdict").equals(Verdict.ACCEPTED.name())
                        && next.number("sequence") == last.number("sequence") + 1
                        && next.number("generation") > last.number("generation")
                        && next.number("position") > last.number("position"));
    }

    private void checkJournal(final Cast cast) {
        final Path journal = StateDirectory.journal(stage.directory());
        final List<String> accepted = new ArrayList<>();
        final List<String> refused = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(journal)) {
            int count;
            do {
                count = reader.poll(record -> note(record, accepted, refused), POLL_LIMIT);
            } while (count > 0);
        }
        timeline.check(
                "the journal holds what was acknowledged, in order, and nothing else",
                accepted.equals(cast.acknowledged()));
        timeline.check(
                "the journal tells of the refused write",
                refused.equals(List.of("STALE_TOKEN " + cast.tokenA() + " " + cast.tokenB())));
        final JournalReport report = JournalVerifier.verify(journal);
        timeline.check(
                "audit --verify: checksums, positions, S3 (tokens never fall) and S4 (exactly once)",
                report.isIntact());
        timeline.gap();
        timeline.tell("audit", AuditReport.text(report));
    }

    private static void note(final RecordView record, final List<String> accepted, final List<String> refused) {
        if (record.kind() == RecordView.Kind.WRITE_ACCEPTED) {
            final byte[] payload = new byte[record.bytes().capacity()];
            record.bytes().getBytes(0, payload);
            accepted.add(new String(payload, StandardCharsets.UTF_8));
        } else if (record.kind() == RecordView.Kind.REQUEST_REFUSED) {
            refused.add(Verdict.ofCode(record.verdictCode()) + " " + record.token() + " " + record.fenceToken());
        }
    }
}
