package io.fencegate.verification.resilience;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has to hold after every fault, checked with the clients' reports and the journal.
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

    /** Checks everything. @param act that is finished @param expected ending @return each property */
    static List<Property> of(final Act act, final Ending expected) {
        final Properties properties = new Properties(act);
        properties.check(
                "it ended as it is to: " + expected, Story.ending(act) == expected, "ended=" + Story.ending(act));
        final Writes writes = Writes.of(act);
        properties.checked.add(writes.toldOnce());
        properties.journal(writes);
        properties.lease();
        properties.waiting();
        properties.watch();
        properties.calm();
        return properties.checked;
    }

    private void journal(final Writes writes) {
        if (act.journalKept() == null) {
            final JournalFacts facts = JournalFacts.read(act.system().journal(), act.orders());
            checked.add(writes.journaled(facts.records(act.token())));
            intact(facts);
            return;
        }
        final JournalFacts kept = JournalFacts.read(act.journalKept(), act.orders());
        final JournalFacts now = JournalFacts.read(act.system().journal(), act.orders());
        checked.add(writes.journaled(kept.records(act.token())));
        intact(kept);
        intact(now);
        check(
                "nothing was written to a gateway that went back",
                kept.records(act.token()).containsAll(now.records(act.token())),
                "kept=" + kept.writes().size() + " now=" + now.writes().size());
    }

    private void intact(final JournalFacts facts) {
        check(
                "the journal is intact: checksums, rising tokens, sequences without gap",
                facts.report().isIntact(),
                String.valueOf(facts.report().violation()));
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
        if (!act.rival().isEmpty()) {
            final long rivalToken = act.system()
                    .b()
                    .since(act.startedNs())
                    .filter(report -> report.is("opened", act.orders()))
                    .mapToLong(report -> report.number("token"))
                    .max()
                    .orElse(0);
            check(
                    "the other holder's token is higher",
                    rivalToken > act.token(),
                    "rival=" + rivalToken + " token=" + act.token());
        }
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
