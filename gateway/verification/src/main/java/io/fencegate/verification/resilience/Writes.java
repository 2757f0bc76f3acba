package io.fencegate.verification.resilience;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What client A offered, and what it was told of it, by the number of the record.
 *
 * <p>Immutable; any thread.
 *
 * @param offered in order
 * @param accepted told so, in order
 * @param refused told so, in order
 * @param inDoubt told so, in order
 * @param timedOut told so, in order
 * @param disorders what was told out of order
 */
record Writes(
        List<Long> offered,
        List<Long> accepted,
        List<Long> refused,
        List<Long> inDoubt,
        List<Long> timedOut,
        List<String> disorders) {
    /** Reads A's diary. @param act since whose start @return so far */
    static Writes of(final Act act) {
        final Writes writes = new Writes(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        act.a()
                .since(act.startedNs())
                .filter(report -> act.orders().equals(report.text("resource")))
                .forEach(writes::add);
        return writes;
    }

    private void add(final Report report) {
        switch (report.word()) {
            case "offered" -> offered.add(report.number("record"));
            case "accepted" -> accepted.add(report.number("record"));
            case "refused" -> refused.add(report.number("record"));
            case "inDoubt" -> inDoubt.add(report.number("record"));
            case "timedOut" -> timedOut.add(report.number("record"));
            case "disorder" -> disorders.add(report.facts().describe());
            default -> {
                // Not about a write.
            }
        }
    }

    /** How many were offered of which nothing was told. @return 0 once all is settled */
    int untold() {
        return offered.size() - told().size();
    }

    /** All that was told. @return the numbers, in no order */
    private List<Long> told() {
        final List<Long> told = new ArrayList<>(accepted);
        told.addAll(refused);
        told.addAll(inDoubt);
        told.addAll(timedOut);
        return told;
    }

    /** Each offered write was told exactly once, in order. */
    Property toldOnce() {
        final List<Long> told = told();
        final Set<Long> distinct = new HashSet<>(told);
        return Property.of(
                "every offered write was told exactly once",
                disorders.isEmpty() && distinct.size() == told.size() && distinct.equals(new HashSet<>(offered)),
                "offered=" + offered.size() + " told=" + told.size() + " distinct=" + distinct.size() + " disorders="
                        + disorders);
    }
}
