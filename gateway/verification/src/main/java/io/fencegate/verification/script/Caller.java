package io.fencegate.verification.script;

import io.fencegate.app.cli.Failures;
import io.fencegate.app.cli.Shapes;
import io.fencegate.app.process.Facts;
import io.fencegate.client.ClientConfig;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.lease.LeaseWatch;
import io.fencegate.client.lease.Revocation;
import io.fencegate.client.lease.WatchListener;
import io.fencegate.client.session.lease.LeaseEvent;
import io.fencegate.core.grant.LeaseVerdict;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.CloseHelper;

/**
 * One client of this process, and what it does with each resource.
 *
 * <p>The main thread.
 */
final class Caller implements WatchListener, AutoCloseable {
    private final int number;
    private final FencegateClient client;
    private final Reporter reporter;
    private final Map<String, Holding> holdings = new LinkedHashMap<>();
    private LeaseWatch watch;
    private String lastFailure;

    Caller(final int number, final ClientConfig config, final Reporter reporter) {
        this.number = number;
        this.reporter = reporter;
        client = FencegateClient.connect(config);
    }

    /** Does what it is ordered, and reports what that threw. @param order with the resource that it is about */
    void obey(final Facts order) {
        try {
            final String resource = order.text("resource");
            switch (order.word()) {
                case "watch" -> watch = client.watch(resource, this);
                case "unwatch" -> watch.close();
                case "revoke" -> revoke(resource);
                case "forget" -> holdings.remove(resource).close();
                default -> holding(resource).obey(order);
            }
        } catch (final RuntimeException failed) {
            tell(at("failed").with("order", order.describe()).with("reason", Failures.describe(failed)));
        }
    }

    /** Polls the client and goes on with every holding. @return work done */
    int doWork() {
        int work = 0;
        try {
            work += client.poll();
            for (final Holding holding : holdings.values()) {
                work += holding.doWork();
            }
        } catch (final RuntimeException failed) {
            final String failure = Failures.describe(failed);
            if (!failure.equals(lastFailure)) {
                lastFailure = failure;
                tell(at("threw").with("reason", failure));
            }
        }
        return work;
    }

    private Holding holding(final String resource) {
        return holdings.computeIfAbsent(resource, name -> new Holding(name, client, this));
    }

    private void revoke(final String resource) {
        tell(at("revoking").with("resource", resource));
        final Revocation revocation = client.revoke(resource);
        holding(resource).grant(revocation.grant());
        tell(at("revoked")
                .with("resource", resource)
                .with("token", revocation.grant().token())
                .with("revokedToken", revocation.revokedToken())
                .with("revokedHolder", Shapes.clientId(revocation.revokedHolder())));
    }

    /** Begins a report of this client. @param word that says what it is about @return the report */
    Facts at(final String word) {
        return reporter.at(word).with("client", number);
    }

    /** Tells a report. @param report whole */
    void tell(final Facts report) {
        reporter.tell(report);
    }

    @Override
    public void onWatching(final long revision) {
        tell(at("watching").with("revision", revision));
    }

    @Override
    public void onEvent(final LeaseEvent event) {
        tell(at("event")
                .with("resource", event.resource())
                .with("kind", event.kind())
                .with("revision", event.revision())
                .with("token", event.token())
                .with("holder", Shapes.clientId(event.holder())));
    }

    @Override
    public void onGap() {
        tell(at("gap"));
    }

    @Override
    public void onRefused(final LeaseVerdict verdict) {
        tell(at("watchRefused").with("verdict", verdict));
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(holdings.values());
        CloseHelper.quietClose(client);
    }
}
