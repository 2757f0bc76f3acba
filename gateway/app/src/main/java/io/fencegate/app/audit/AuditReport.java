package io.fencegate.app.audit;

import io.fencegate.app.cli.JsonObject;
import io.fencegate.core.grant.Verdict;
import io.fencegate.journal.JournalReport;

/**
 * What the verification of a journal found, for people and programs.
 *
 * <p>Pure functions; any thread.
 */
public final class AuditReport {
    private AuditReport() {}

    /**
     * For people.
     *
     * @param report of the verification
     * @return one line
     */
    public static String text(final JournalReport report) {
        final StringBuilder text =
                new StringBuilder(report.isIntact() ? "intact: checksums, positions, S3 and S4 hold:" : "VIOLATED:");
        if (!report.isIntact()) {
            text.append(" file=").append(report.violation().file());
            text.append(" position=").append(report.violation().position());
            text.append(" reason: ").append(report.violation().reason()).append("; good before it:");
        }
        text.append(" records=").append(report.positionLast());
        text.append(" generations=").append(report.generations());
        text.append(" resources=").append(report.resources());
        text.append(" fencesRaised=").append(report.fencesRaised());
        text.append(" writesAccepted=").append(report.writesAccepted());
        report.refusalsByVerdict()
                .forEach((code, count) -> text.append(" refused.")
                        .append(verdict(code))
                        .append('=')
                        .append(count));
        text.append(" syncedPosition=").append(report.syncedPosition());
        return text.toString();
    }

    /**
     * For programs.
     *
     * @param report of the verification
     * @return an object
     */
    public static JsonObject json(final JournalReport report) {
        final JsonObject refusals = new JsonObject();
        report.refusalsByVerdict().forEach((code, count) -> refusals.put(verdict(code), count));
        final JsonObject json = new JsonObject()
                .put("intact", report.isIntact())
                .put("journalId", String.format("%016x", report.journalId()))
                .put("records", report.positionLast())
                .put("generations", report.generations())
                .put("resources", report.resources())
                .put("fencesRaised", report.fencesRaised())
                .put("writesAccepted", report.writesAccepted())
                .put("refused", refusals)
                .put("syncedPosition", report.syncedPosition());
        if (!report.isIntact()) {
            json.put(
                    "violation",
                    new JsonObject()
                            .put("file", report.violation().file())
                            .put("position", report.violation().position())
                            .put("reason", report.violation().reason()));
        }
        return json;
    }

    /**
     * The word of a verdict's code.
     *
     * @param code as journaled
     * @return the verdict's name, or the code where this build knows none
     */
    static String verdict(final int code) {
        final Verdict verdict = Verdict.ofCode(code);
        return verdict == null ? "verdict" + code : verdict.name();
    }
}
