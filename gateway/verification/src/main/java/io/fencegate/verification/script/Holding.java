package io.fencegate.verification.script;

import io.fencegate.app.cli.Failures;
import io.fencegate.app.cli.Shapes;
import io.fencegate.app.process.Facts;
import io.fencegate.client.FencedWriter;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.error.FencegateException;
import io.fencegate.client.lease.Lease;
import io.fencegate.client.lease.LeaseKeeper;
import io.fencegate.client.lease.LeaseListener;
import io.fencegate.client.lease.PendingLease;
import io.fencegate.client.lease.PendingRelease;
import io.fencegate.client.session.lease.LeaseLoss;
import io.fencegate.core.grant.Grant;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;

/**
 * What a client does with one resource: waits for its lease, keeps it, and writes numbered records under it.
 *
 * <p>The main thread.
 */
final class Holding implements LeaseListener, AutoCloseable {
    private final String resource;
    private final FencegateClient client;
    private final Caller caller;
    private final Scribbler scribbler;
    private PendingLease pending;
    private PendingRelease releasing;
    private LeaseKeeper keeper;
    private Grant grant;
    private FencedWriter writer;
    private boolean keeps;
    private int placeTold;
    private long ttlMs;
    private long pulseNs;
    private long pulseDueNs;

    Holding(final String resource, final FencegateClient client, final Caller caller) {
        this.resource = resource;
        this.client = client;
        this.caller = caller;
        scribbler = new Scribbler(this);
    }

    /** Does what it is ordered. @param order about this resource */
    void obey(final Facts order) {
        switch (order.word()) {
            case "acquire" -> {
                keeps = Boolean.parseBoolean(order.text("keep"));
                acquire(order.number("ttlMs"), order.number("waitMs"));
            }
            case "pulse" -> {
                pulseNs = TimeUnit.MILLISECONDS.toNanos(order.number("everyMs"));
                pulseDueNs = System.nanoTime();
                ttlMs = order.number("ttlMs");
            }
            case "open" -> {
                tell(at("opening").with("token", grant.token()));
                writer = client.openAsync(grant);
                scribbler.use(writer);
            }
            case "write" -> scribbler.every(TimeUnit.MICROSECONDS.toNanos(order.number("everyUs")));
            case "release" -> releasing = keeper != null ? keeper.release() : client.offerRelease(grant);
            default -> throw new IllegalArgumentException("no such order: " + order.word());
        }
    }

    private void acquire(final long leaseMs, final long waitMs) {
        ttlMs = leaseMs;
        placeTold = 0;
        if (pulseNs == 0) {
            tell(at("acquiring"));
        }
        pending = client.offerAcquire(resource, Duration.ofMillis(leaseMs), Duration.ofMillis(waitMs));
    }

    /** Goes on with whatever is under way. @return work done */
    int doWork() {
        final int work = doPending() + doReleasing();
        if (pulseNs != 0 && pending == null && System.nanoTime() - pulseDueNs >= 0) {
            pulseDueNs = System.nanoTime() + pulseNs;
            acquire(ttlMs, 0);
        }
        return work + scribbler.doWork();
    }

    private int doPending() {
        if (pending == null) {
            return 0;
        }
        if (pending.place() != placeTold) {
            placeTold = pending.place();
            tell(at("queued").with("place", placeTold));
        }
        if (!pending.isDone()) {
            return 0;
        }
        final PendingLease done = pending;
        pending = null;
        try {
            onGranted(done.lease());
        } catch (final FencegateException failed) {
            tell(at("notGranted").with("reason", Failures.describe(failed)));
        }
        return 1;
    }

    private void onGranted(final Lease lease) {
        grant = lease.grant();
        if (pulseNs == 0) {
            tell(at("granted").with("token", lease.token()).with("remainingMs", lease.remainingMs()));
        }
        if (keeps) {
            keeper = client.keep(lease, this);
        }
    }

    private int doReleasing() {
        if (releasing == null || !releasing.isDone()) {
            return 0;
        }
        final PendingRelease done = releasing;
        releasing = null;
        try {
            done.check();
            tell(at("released"));
        } catch (final FencegateException failed) {
            tell(at("notReleased").with("reason", Failures.describe(failed)));
        }
        return 1;
    }

    /** Opens with this grant from now on. @param fresh of an operator */
    void grant(final Grant fresh) {
        grant = fresh;
    }

    /** Begins a report about this resource. @param word that says what it is about @return the report */
    Facts at(final String word) {
        return caller.at(word).with("resource", resource);
    }

    /** Tells a report. @param report whole */
    void tell(final Facts report) {
        caller.tell(report);
    }

    @Override
    public void onRenewed(final Lease lease) {
        tell(at("renewed").with("token", lease.token()));
    }

    @Override
    public void onDanger(final Lease lease, final long remainingNs) {
        tell(at("danger").with("token", lease.token()).with("remainingNs", remainingNs));
    }

    @Override
    public void onUnconfirmed(final Lease lease) {
        tell(at("unconfirmed").with("token", lease.token()));
    }

    @Override
    public void onLost(final LeaseLoss loss) {
        tell(at("lost")
                .with("token", loss.token())
                .with("end", loss.end())
                .with("currentToken", loss.currentToken())
                .with("currentHolder", Shapes.clientId(loss.currentHolder())));
    }

    @Override
    public void close() {
        if (pending != null) {
            pending.cancel();
        }
        CloseHelper.quietCloseAll(keeper, writer);
    }
}
