package io.fencegate.verification.resilience;

import io.fencegate.app.process.Facts;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * One fault and its before and after: client A keeps the lease of a resource and writes to it, waits for another one that
 * B keeps, with C behind it, and watches both; B renews a third one five times a second, so that there is always
 * something to be seen.
 *
 * <p>One thread.
 */
final class Act {
    private static final int WRITES_BEFORE = 40;
    private static final long WRITE_INTERVAL_US = 5_000;
    private static final long PULSE_INTERVAL_MS = 200;
    private static final long LONG_MS = 600_000;
    private static final long IN_FLIGHT_NS = 100_000_000;

    private final Topology system;
    private final Times times;
    private final String prefix;
    private long startedNs;
    private long beganNs;
    private long endedNs;
    private long finishedNs;
    private long resumedFromNs;
    private boolean heals;
    private boolean impatient;
    private long token;
    private String rival = "";
    private String remark = "";
    private Path journalKept;
    private double cpuShare = -1;

    Act(final Topology system, final Times times, final int number) {
        this.system = system;
        this.times = times;
        prefix = "fault-" + number + "/";
    }

    Topology system() {
        return system;
    }

    /** The client that the fault hits. @return its diary */
    Diary a() {
        return impatient ? system.impatient() : system.a();
    }

    /** The fault hits a client that does not wait long for what becomes of its writes. */
    void hitImpatient() {
        impatient = true;
    }

    Times times() {
        return times;
    }

    /** The resource that A writes to. @return its name */
    String orders() {
        return prefix + "orders";
    }

    /** The resource that A waits for. @return its name */
    String queue() {
        return prefix + "queue";
    }

    /** The resource that B renews all the time. @return its name */
    String pulse() {
        return prefix + "pulse";
    }

    /** A's token. @return that of its only grant */
    long token() {
        return token;
    }

    long startedNs() {
        return startedNs;
    }

    long beganNs() {
        return beganNs;
    }

    long endedNs() {
        return endedNs;
    }

    long finishedNs() {
        return finishedNs;
    }

    /** From when on a report is one of having resumed. @return by the monotonic clock */
    long resumedFromNs() {
        return resumedFromNs;
    }

    /** Whether the fault heals by itself, so that it is measured from its beginning, and not from its end. */
    boolean heals() {
        return heals;
    }

    /** Who took the lease over. @return clientId; empty if nobody did */
    String rival() {
        return rival;
    }

    /** How much of a core A's process used during the fault. @return less than 0 if it was not measured */
    double cpuShare() {
        return cpuShare;
    }

    void cpuShare(final double share) {
        cpuShare = share;
    }

    /** What else there is to say of this fault. @return empty if nothing */
    String remark() {
        return remark;
    }

    void remark(final String text) {
        remark = text;
    }

    /** Where the journal was put that holds what A was told. @return null if the gateway still has it */
    Path journalKept() {
        return journalKept;
    }

    void keepJournal(final Path kept) {
        journalKept = kept;
    }

    /** The journal that holds what A was told. @return its folder */
    Path journal() {
        return journalKept == null ? system.journal() : journalKept;
    }

    /** Everything runs. @param leaseMs TTL of A's lease */
    void prepare(final long leaseMs) {
        startedNs = System.nanoTime();
        final Diary a = a();
        final Diary b = system.b();
        order(b, "watch", prefix);
        order(a, "watch", prefix);
        await(b, "watching");
        await(a, "watching");
        acquire(b, queue(), LONG_MS, 0, true);
        await(b, "granted", queue());
        acquire(a, queue(), LONG_MS, LONG_MS, false);
        await(a, "queued", queue());
        acquire(system.c(), queue(), LONG_MS, LONG_MS, false);
        await(system.c(), "queued", queue());
        acquire(a, orders(), leaseMs, 0, true);
        token = await(a, "granted", orders()).number("token");
        b.order(Facts.of("pulse")
                .with("resource", pulse())
                .with("everyMs", PULSE_INTERVAL_MS)
                .with("ttlMs", LONG_MS));
        write(a);
        a.await("an event of a lease that is renewed all the time", startedNs, report -> report.is("event", pulse()));
    }

    /** A client opens the resource and writes; returns when some of it is acknowledged. @param writer the client */
    void write(final Diary writer) {
        final long fromNs = System.nanoTime();
        order(writer, "open", orders());
        writer.await("the resource is opened", fromNs, report -> report.is("opened", orders()));
        writer.order(Facts.of("write").with("resource", orders()).with("everyUs", WRITE_INTERVAL_US));
        awaitWrites(writer, fromNs);
    }

    /** Waits until some more writes are acknowledged. @param writer the client @param fromNs counted from here on */
    void awaitWrites(final Diary writer, final long fromNs) {
        Diary.awaitThat(
                "writes are acknowledged",
                () -> writer.since(fromNs)
                                .filter(report -> report.is("accepted", orders()))
                                .count()
                        >= WRITES_BEFORE);
    }

    /** B waits for A's lease, gets it once it has ended, and writes. */
    void takeOver() {
        acquire(system.b(), orders(), LONG_MS, LONG_MS, true);
        await(system.b(), "granted", orders());
        rival = system.b().clientId();
        write(system.b());
    }

    /** B ends A's lease as an operator, and writes. */
    void revoke() {
        order(system.b(), "revoke", orders());
        await(system.b(), "revoked", orders());
        rival = system.b().clientId();
        write(system.b());
    }

    /** The fault begins. */
    void begin() {
        beganNs = System.nanoTime();
    }

    /** The fault is over: from here on nothing is in the way. */
    void end() {
        endedNs = System.nanoTime();
    }

    /** Waits for a moment of the fault. @param ms in milliseconds from now */
    void hold(final long ms) {
        final long untilNs = System.nanoTime() + ms * 1_000_000;
        Diary.awaitThat("the end of the pause", () -> System.nanoTime() - untilNs >= 0);
    }

    /** Waits until A writes, keeps its lease and sees events again, now that nothing is in the way. */
    void awaitResumed() {
        awaitResumedFrom(endedNs);
    }

    /** Waits until A writes, keeps its lease and sees events again, whether the fault is over or not. */
    void awaitHealed() {
        heals = true;
        awaitResumedFrom(beganNs + IN_FLIGHT_NS);
    }

    private void awaitResumedFrom(final long fromNs) {
        resumedFromNs = fromNs;
        final Diary a = a();
        a.await("A's writes are accepted again", fromNs, report -> report.is("accepted", orders()));
        a.await("A's watch tells events again", fromNs, report -> report.is("event", pulse()));
        a.await("A's lease is renewed again", fromNs, report -> report.is("renewed", orders()));
    }

    /** Waits until A is told that its lease is lost. */
    void awaitLost() {
        a().await("A is told that its lease is lost", beganNs, report -> report.is("lost", orders()));
    }

    /** Waits until A's writer has stopped, and said why. */
    void awaitStopped() {
        a().await("A's writer stops and says why", beganNs, report -> report.is("stopped", orders()));
    }

    /** Everything comes to its end: all that was offered is told, A gets what it waited for, then C does. */
    void finish() {
        finishedNs = System.nanoTime();
        final Diary a = a();
        a.order(Facts.of("write").with("resource", orders()).with("everyUs", 0));
        Diary.awaitThat("all that was offered is told", () -> Writes.of(this).untold() == 0);
        order(system.b(), "release", queue());
        await(a, "granted", queue());
        order(a, "release", queue());
        await(system.c(), "granted", queue());
        a.await(
                "A sees the lease of C",
                finishedNs,
                report -> report.is("event", queue())
                        && report.text("holder").equals(system.c().clientId()));
        order(system.c(), "release", queue());
        await(system.c(), "released", queue());
        if (a.since(startedNs).noneMatch(report -> report.is("lost", orders()))) {
            order(a, "release", orders());
            await(a, "released", orders());
        }
        forget(a, orders(), queue());
        forget(system.c(), queue());
        forget(system.b(), queue(), pulse());
        if (!rival.isEmpty()) {
            forget(system.b(), orders());
        }
        order(a, "unwatch", prefix);
        order(system.b(), "unwatch", prefix);
    }

    private static void forget(final Diary diary, final String... resources) {
        for (final String resource : resources) {
            order(diary, "forget", resource);
        }
    }

    private static void order(final Diary diary, final String word, final String resource) {
        diary.order(Facts.of(word).with("resource", resource));
    }

    private static void acquire(
            final Diary diary, final String resource, final long ttlMs, final long waitMs, final boolean keep) {
        diary.order(Facts.of("acquire")
                .with("resource", resource)
                .with("ttlMs", ttlMs)
                .with("waitMs", waitMs)
                .with("keep", keep));
    }

    private void await(final Diary diary, final String word) {
        diary.await(word, startedNs, report -> report.is(word));
    }

    private Report await(final Diary diary, final String word, final String resource) {
        final Predicate<Report> wanted = report -> report.is(word, resource);
        return diary.await(word + " " + resource, startedNs, wanted);
    }
}
