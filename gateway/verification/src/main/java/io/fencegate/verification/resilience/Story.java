package io.fencegate.verification.resilience;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What client A did about a fault, in words: its reports in their order, with seconds since the fault began.
 *
 * <p>Pure; one thread.
 */
final class Story {
    private static final double NS_PER_S = 1e9;

    /** Longer than between two writes or two events that nothing has disturbed. */
    private static final long UNBROKEN_NS = 500_000_000;

    private Story() {}

    /** How a fault ended. @param act whose body is done @return the one that fits */
    static Ending ending(final Act act) {
        final String stopped = text(act, "stopped", "reason");
        if (stopped.equals("GATEWAY_WENT_BACK")) {
            return Ending.WENT_BACK;
        }
        if (stopped.equals("ACKNOWLEDGED_WRITES_LOST")) {
            return Ending.WRITES_LOST;
        }
        if (!Writes.of(act).inDoubt().isEmpty()) {
            return Ending.IN_DOUBT;
        }
        if (!text(act, "lost", "end").isEmpty()) {
            return Ending.LEASE_LOST;
        }
        return switch (stopped) {
            case "" -> act.resumedFromNs() == 0 ? Ending.NONE : Ending.RESUMED;
            case "TIMED_OUT" -> Ending.TIMED_OUT;
            default -> Ending.REFUSED;
        };
    }

    /** A's reports in their order. @param act whose body is done @return as {@code what +seconds} */
    static List<String> lines(final Act act) {
        final Map<String, Integer> counts = new LinkedHashMap<>();
        final Map<String, Double> firsts = new LinkedHashMap<>();
        act.a()
                .since(act.beganNs())
                .filter(report -> act.finishedNs() == 0 || report.atNs() - act.finishedNs() < 0)
                .forEach(report -> {
                    final String words = words(act, report);
                    if (!words.isEmpty()) {
                        counts.merge(words, 1, Integer::sum);
                        firsts.putIfAbsent(words, seconds(report.atNs() - act.beganNs()));
                    }
                });
        final List<String> lines = new ArrayList<>();
        counts.forEach((words, count) -> lines.add(String.format(
                Locale.ROOT, "%s%s +%.2f s", words, count > 1 ? " (" + count + ")" : "", firsts.get(words))));
        if (!act.remark().isEmpty()) {
            lines.add(act.remark());
        }
        return lines;
    }

    private static String words(final Act act, final Report report) {
        return switch (report.word()) {
            case "connectionLost" -> "writer: connection lost";
            case "resumed" -> "writer: resumed";
            case "stopped" -> "writer: stopped, " + report.text("reason");
            case "notTaken" -> "offer: not taken, " + report.text("code");
            case "refused" -> "write refused, " + report.text("verdict") + by(act, report.text("fenceClientId"));
            case "inDoubt" -> "write in doubt" + by(act, report.text("fenceClientId"));
            case "timedOut" -> "write timed out";
            case "danger" -> "lease: in danger";
            case "unconfirmed" -> "lease: unconfirmed";
            case "lost" -> "lease: lost, " + report.text("end") + by(act, report.text("currentHolder"));
            case "gap" -> "watch: gap";
            case "watching" -> "watch: resumed";
            case "threw", "failed", "watchRefused" -> report.word() + ": " + report.text("reason");
            case "renewed" -> "lease: renewed";
            case "accepted" -> "writes accepted";
            default -> "";
        };
    }

    private static String by(final Act act, final String clientId) {
        if (clientId.equals(act.system().b().clientId())) {
            return ", by B";
        }
        return clientId.equals("0000000000000000") ? "" : ", by " + clientId;
    }

    /** How long it took. @param act whose body is done @return writes, lease and watch, or the report that ended it */
    static String time(final Act act) {
        if (ending(act) != Ending.RESUMED) {
            return "told " + since(act, first(act, act.beganNs(), report -> report.is("stopped", act.orders())));
        }
        return "writes " + resumed(act, "accepted", act.orders()) + ", lease " + resumed(act, "renewed", act.orders())
                + ", watch " + resumed(act, "event", act.pulse());
    }

    private static String resumed(final Act act, final String word, final String resource) {
        final Report broken = first(act, act.resumedFromNs(), report -> report.is(breakOf(word)));
        final long fromNs = broken == null ? act.resumedFromNs() : broken.atNs();
        final Report report = first(act, fromNs, candidate -> candidate.is(word, resource));
        return act.heals() && report != null && report.atNs() - act.resumedFromNs() < UNBROKEN_NS
                ? "went on"
                : since(act, report);
    }

    /** What was on its way before a break is not yet a sign of having resumed. */
    private static String breakOf(final String word) {
        return switch (word) {
            case "event" -> "gap";
            case "accepted" -> "connectionLost";
            default -> "";
        };
    }

    private static String since(final Act act, final Report report) {
        final long fromNs = act.heals() ? act.beganNs() : act.endedNs();
        return report == null ? "never" : String.format(Locale.ROOT, "%.2f s", seconds(report.atNs() - fromNs));
    }

    private static Report first(final Act act, final long fromNs, final Predicate<Report> wanted) {
        return act.a().since(fromNs).filter(wanted).findFirst().orElse(null);
    }

    private static String text(final Act act, final String word, final String name) {
        final Report report = first(act, act.startedNs(), candidate -> candidate.is(word, act.orders()));
        return report == null ? "" : report.text(name);
    }

    private static double seconds(final long ns) {
        return ns / NS_PER_S;
    }
}
