package io.fencegate.verification.resilience;

import io.fencegate.journal.JournalReport;
import io.fencegate.journal.JournalVerifier;
import io.fencegate.verification.checker.fact.Findings;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.History;
import io.fencegate.verification.history.JournalEvents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has to hold after every fault: S1 to S6 in the history of the act, and what its client was to be told.
 *
 * <p>Pure but for reading the journal; one thread.
 */
final class Properties {
    private static final double CPU_SHARE_MAX = 0.6;

    private final Act act;
    private final List<Property> checked = new ArrayList<>();

    private Properties(final Act act) {
        this.act = act;
    }

    /** Checks everything. @param act that is finished @param expected ending @param history of it @return each property */
    static List<Property> of(final Act act, final Ending expected, final History history) {
        final Properties properties = new Properties(act);
        properties.check(
                "it ended as it is to: " + expected, Story.ending(act) == expected, "ended=" + Story.ending(act));
        properties.checked.add(Writes.of(act).toldOnce());
        properties.journal(history);
        properties.lease();
        properties.waiting();
        properties.watch();
        properties.calm();
        return properties.checked;
    }

    private void journal(final History history) {
        final Findings findings = ActHistory.check(history);
        check(
                "S1 to S6 hold, and the journal has nothing that was told refused",
                findings.violations().isEmpty(),
                findings.violations().toString());
        final List<String> unchecked = ActHistory.unchecked(findings);
        check("none of these held because nothing was looked at", unchecked.isEmpty(), unchecked.toString());
        intact(act.journal());
        if (act.journalKept() != null) {
            intact(act.system().journal());
            final List<Event> kept = writesIn(act.journalKept());
            final List<Event> now = writesIn(act.system().journal());
            check(
                    "nothing was written to a gateway that went back",
                    Set.copyOf(kept).containsAll(now),
                    "kept=" + kept.size() + " now=" + now.size());
        }
    }

    private List<Event> writesIn(final Path journal) {
        final History records = new History(ActHistory.HEADER);
        JournalEvents.add(records, journal, "gateway", 0, act.orders()::equals);
        return records.events().stream()
                .filter(event -> event.kind() == EventKind.JOURNALED_WRITE)
                .toList();
    }

    private void intact(final Path journal) {
        final JournalReport report = JournalVerifier.verify(journal);
        check(
                "the journal is intact: every checksum, and its fence log",
                report.isIntact(),
                String.valueOf(report.violation()));
    }

    /** Tokens, and that nobody acquired A's lease but A once, when it was ordered to. */
    private void lease() {
        final Set<Long> tokens = act.a()
                .since(act.startedNs())
                .filter(report -> act.orders().equals(report.text("resource"))
                        && report.text("token") != null
                        && !report.is("event"))
                .map(report -> report.number("token"))
                .collect(Collectors.toSet());
        check("A's token never changed", tokens.equals(Set.of(act.token())), "tokens=" + tokens);
        final long grants = seenByRival("GRANTED", act.orders(), act.a().clientId());
        check("A was granted its lease once: it never acquired it again by itself", grants <= 1, "grants=" + grants);
    }

    private long seenByRival(final String kind, final String resource, final String holder) {
        return act.system()
                .b()
                .since(act.startedNs())
                .filter(report -> report.is("event", resource)
                        && report.text("kind").equals(kind)
                        && report.text("holder").equals(holder))
                .count();
    }

    private void waiting() {
        final long ours = grantedNs(act.a());
        final long behind = grantedNs(act.system().c());
        check(
                "A kept its place in the queue, and got the lease that it waited for before C did",
                ours != 0 && ours - act.finishedNs() > 0 && (behind == 0 || behind - ours > 0),
                "ours=" + ours + " behind=" + behind);
    }

    private long grantedNs(final Diary diary) {
        return diary.since(act.startedNs())
                .filter(report -> report.is("granted", act.queue()))
                .mapToLong(Report::atNs)
                .findFirst()
                .orElse(0);
    }

    /** What the rival's watch told, A's told too, or A was told of a gap; in order. */
    private void watch() {
        final List<Long> ours = revisions(act.a());
        boolean rises = true;
        for (int i = 1; i < ours.size(); i++) {
            rises &= ours.get(i) > ours.get(i - 1);
        }
        final boolean gap = act.a().since(act.startedNs()).anyMatch(report -> report.is("gap"));
        final List<Long> missed = new ArrayList<>(revisions(act.system().b()));
        missed.removeIf(revision -> ours.isEmpty() || revision < ours.get(0) || revision > ours.get(ours.size() - 1));
        missed.removeAll(Set.copyOf(ours));
        check(
                "A's watch told every event, or that it missed some; none twice",
                rises && (gap || missed.isEmpty()),
                "events=" + ours.size() + " rising=" + rises + " gapTold=" + gap + " missed=" + missed);
    }

    private List<Long> revisions(final Diary diary) {
        return diary.since(act.startedNs())
                .filter(report -> report.is("event"))
                .map(report -> report.number("revision"))
                .toList();
    }

    private void calm() {
        final List<String> thrown = act.a()
                .since(act.startedNs())
                .filter(report -> report.is("threw") || report.is("failed") || report.is("watchRefused"))
                .map(report -> report.facts().describe())
                .toList();
        check("no call threw: everything was told", thrown.isEmpty(), String.join("; ", thrown));
        if (act.cpuShare() >= 0) {
            check(
                    "A's process waited, and did not spin",
                    act.cpuShare() < CPU_SHARE_MAX,
                    String.format("cores=%.2f", act.cpuShare()));
        }
    }

    private void check(final String name, final boolean held, final String why) {
        checked.add(Property.of(name, held, why));
    }
}
