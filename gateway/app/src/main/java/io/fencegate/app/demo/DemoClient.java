package io.fencegate.app.demo;

import io.fencegate.app.process.Facts;
import io.fencegate.app.process.Orders;
import io.fencegate.client.ClientConfig;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.LastRecord;
import io.fencegate.client.error.FencegateException;
import io.fencegate.client.lease.Lease;
import io.fencegate.core.grant.Grant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A client of the story, in a process of its own: takes a lease, and writes to a storage while it believes that it
 * holds it. Told what to do by lines on standard input; the same program in both stories.
 *
 * <p>The main thread calls; another one only reads standard input.
 */
public final class DemoClient {
    private static final long POLL_MS = 100;

    private final FencegateClient client;
    private final DemoStorage storage;
    private Grant grant;

    private DemoClient(final FencegateClient client, final DemoStorage storage) {
        this.client = client;
        this.storage = storage;
    }

    /**
     * Serves the story until standard input ends.
     *
     * @param args the media driver's directory, the sequencer's endpoints, and either the gateway's channel or the
     *     port of a naive storage
     * @throws IOException if the storage is not there
     * @throws InterruptedException if the process is to end
     */
    public static void main(final String[] args) throws IOException, InterruptedException {
        final boolean isFenced = args[2].startsWith("aeron:");
        ClientConfig config = ClientConfig.of(args[0]).withSequencer(args[1]);
        config = isFenced ? config.withGateway(args[2]) : config;
        final long callTimeoutNs = TimeUnit.SECONDS.toNanos(30);
        config = config.withTimeouts(callTimeoutNs, ClientConfig.ATTEMPT_TIMEOUT_DEFAULT_NS, callTimeoutNs);
        try (FencegateClient client = FencegateClient.connect(config);
                DemoStorage storage =
                        isFenced ? new FencedStorage(client) : new UnfencedStorage(Integer.parseInt(args[2]))) {
            System.out.println(Facts.of("ready").with("clientId", String.format("%016x", client.clientId())));
            new DemoClient(client, storage).serve();
        }
    }

    private void serve() throws IOException, InterruptedException {
        final Orders orders = Orders.of(System.in);
        while (!orders.hasEnded()) {
            final Facts order = orders.take(POLL_MS);
            if (order == null) {
                client.poll();
            } else {
                System.out.println(answer(order));
            }
        }
    }

    private Facts answer(final Facts order) throws IOException {
        try {
            return switch (order.word()) {
                case "acquire" -> acquire(order);
                case "open" -> storage.open(grant);
                case "write" -> storage.write(order.text("text"));
                case "read" -> read(order);
                default -> throw new IllegalArgumentException("no such order: " + order.word());
            };
        } catch (final FencegateException failed) {
            return Facts.of("failed").with("reason", failed.getMessage());
        }
    }

    private Facts acquire(final Facts order) {
        final Lease lease = client.acquire(
                order.text("resource"),
                Duration.ofMillis(order.number("ttlMs")),
                Duration.ofMillis(order.number("waitMs")));
        grant = lease.grant();
        return Facts.of("granted").with("token", grant.token()).with("ttlMs", grant.ttlMs());
    }

    private Facts read(final Facts order) {
        final LastRecord last = client.read(order.text("resource"));
        return Facts.of("found")
                .with("text", new String(last.payload(), StandardCharsets.UTF_8))
                .with("token", last.token())
                .with("sequence", last.sequence())
                .with("generation", last.generation())
                .with("position", last.position());
    }
}
