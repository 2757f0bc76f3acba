package io.fencegate.verification.resilience;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Verdict;
import io.fencegate.storage.durability.Durability;
import io.fencegate.verification.checker.Properties;
import io.fencegate.verification.checker.fact.Findings;
import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventBuilder;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.History;
import io.fencegate.verification.history.HistoryHeader;
import io.fencegate.verification.history.JournalEvents;
import io.fencegate.verification.history.Transport;
import io.fencegate.verification.history.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the clients reported of one act, and what the journal holds of it, as a history for the checkers.
 *
 * <p>A call's event stands where its client reported it before it began, an end's where its client was told. A writer that
 * opens again by itself does not report when: its call stands where it had last opened, so that no less may have happened
 * since.
 *
 * <p>One thread.
 */
final class ActHistory {
    /** The laboratory's gateway: its level, its key, its sessions. */
    static final HistoryHeader HEADER = new HistoryHeader(Durability.PROCESS, true, Transport.STREAM);

    private static final String GATEWAY = "gateway";
    private static final Set<Property> CHECKED =
            EnumSet.of(Property.S1, Property.S2, Property.S3, Property.S4, Property.S5, Property.S6, Property.REFUSAL);

    /** One resource of one client. */
    private record Holding(String client, String resource) {}

    /** The open of a holding that is under way, or the last one that was. */
    private static final class Opening {
        private long op;
        private long token;
        private long lastNs;
        private boolean isUnderWay;
    }

    private final Map<Holding, Opening> openings = new HashMap<>();
    private final Map<Holding, Long> acquiring = new HashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final Act act;
    private long opLast;

    private ActHistory(final Act act) {
        this.act = act;
    }

    /** Everything that was seen. @param act that is finished @return the history */
    static History of(final Act act) {
        final ActHistory reader = new ActHistory(act);
        for (final Diary diary : List.of(act.a(), act.system().b(), act.system().c())) {
            diary.since(act.startedNs()).forEach(report -> reader.onReport(diary.clientId(), report));
        }
        // Where two processes do something at the same moment, neither is told to have been before the other.
        reader.events.sort(Comparator.comparingLong(Event::atNs)
                .thenComparing(event -> !event.kind().isCall()));
        final History history = new History(HEADER);
        reader.events.forEach(history::add);
        final int last = reader.events.size() - 1;
        JournalEvents.add(
                history,
                act.journal(),
                GATEWAY,
                last < 0 ? 0 : reader.events.get(last).atNs(),
                act.orders()::equals);
        return history;
    }

    /** Holds a history to every property. @param history of an act @return what was found */
    static Findings check(final History history) {
        return Properties.check(history);
    }

    /** What nothing was looked at for. @param findings of an act @return names of properties */
    static List<String> unchecked(final Findings findings) {
        return CHECKED.stream()
                .filter(property -> findings.checkedCount(property) == 0)
                .map(Property::name)
                .toList();
    }

    private void onReport(final String client, final Report report) {
        final String resource = report.text("resource");
        if (resource == null) {
            return;
        }
        final Holding holding = new Holding(client, resource);
        switch (report.word()) {
            case "acquiring", "revoking" -> onAsked(holding, report);
            case "granted", "notGranted", "revoked" -> onAskedEnded(holding, report);
            case "opening" -> onOpening(holding, report);
            case "opened", "resumed" -> onOpened(holding, report);
            case "offered" ->
                add(at(holding, report, EventKind.WRITE_CALLED)
                        .op(report.number("record"))
                        .token(report.number("token"))
                        .sequence(report.number("sequence"))
                        .crc((int) report.number("crc")));
            case "accepted" ->
                add(told(holding, report, report.text("verdict"))
                        .record(report.number("generation"), report.number("position")));
            case "refused" -> add(told(holding, report, report.text("verdict")).fence(report.number("fenceToken")));
            case "inDoubt" -> add(told(holding, report, Words.IN_DOUBT).fence(report.number("fenceToken")));
            case "timedOut" -> add(told(holding, report, Words.UNANSWERED));
            case "lost" ->
                add(at(holding, report, EventKind.LEASE_LOST)
                        .token(report.number("token"))
                        .word(report.text("end")));
            default -> {
                // Not about a grant, a fence or a write.
            }
        }
    }

    private void onAsked(final Holding holding, final Report report) {
        final boolean isRevoke = report.is("revoking");
        acquiring.put(holding, ++opLast);
        add(at(holding, report, isRevoke ? EventKind.REVOKE_CALLED : EventKind.ACQUIRE_CALLED)
                .op(opLast));
    }

    private void onAskedEnded(final Holding holding, final Report report) {
        final Long op = acquiring.remove(holding);
        if (op == null) {
            return;
        }
        final boolean isRevoke = report.is("revoked");
        final EventBuilder event = at(holding, report, isRevoke ? EventKind.REVOKE_ENDED : EventKind.ACQUIRE_ENDED)
                .op(op);
        if (report.is("notGranted")) {
            add(event.word(Words.UNANSWERED));
        } else {
            add(event.word(isRevoke ? LeaseVerdict.REVOKED : LeaseVerdict.GRANTED)
                    .token(report.number("token")));
        }
    }

    private void onOpening(final Holding holding, final Report report) {
        final Opening opening = openings.computeIfAbsent(holding, key -> new Opening());
        opening.token = report.number("token");
        open(holding, opening, report.atNs());
    }

    private void open(final Holding holding, final Opening opening, final long atNs) {
        opening.op = ++opLast;
        opening.isUnderWay = true;
        add(Event.at(atNs - act.startedNs(), holding.client, EventKind.OPEN_CALLED)
                .resource(holding.resource)
                .clientId(clientId(holding))
                .token(opening.token)
                .op(opening.op));
    }

    private void onOpened(final Holding holding, final Report report) {
        final Opening opening = openings.get(holding);
        if (opening == null) {
            return;
        }
        if (!opening.isUnderWay) {
            open(holding, opening, opening.lastNs);
        }
        opening.isUnderWay = false;
        opening.lastNs = report.atNs();
        add(at(holding, report, EventKind.OPEN_ENDED)
                .op(opening.op)
                .word(Verdict.OPENED)
                .sequence(report.number("sequenceLast"))
                .crc((int) report.number("runningCrc"))
                .record(report.number("lastGeneration"), report.number("lastPosition")));
    }

    private EventBuilder told(final Holding holding, final Report report, final String word) {
        return at(holding, report, EventKind.WRITE_ENDED)
                .op(report.number("record"))
                .word(word);
    }

    private EventBuilder at(final Holding holding, final Report report, final EventKind kind) {
        return Event.at(report.atNs() - act.startedNs(), holding.client, kind)
                .resource(holding.resource)
                .clientId(clientId(holding));
    }

    private static long clientId(final Holding holding) {
        return Long.parseUnsignedLong(holding.client, 16);
    }

    private void add(final EventBuilder event) {
        events.add(event.build());
    }
}
