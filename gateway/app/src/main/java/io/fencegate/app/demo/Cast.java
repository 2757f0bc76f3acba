package io.fencegate.app.demo;

import io.fencegate.app.cli.Shapes;
import io.fencegate.app.config.Settings;
import io.fencegate.app.process.Actor;
import io.fencegate.app.process.Facts;
import io.fencegate.app.process.Role;
import io.fencegate.app.process.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * What both stories have in common: a sequencer, a media driver, two clients, and how the first one is paused past the
 * end of its lease while the second one takes over.
 *
 * <p>One thread.
 */
final class Cast {
    static final String RESOURCE = "orders";

    private static final long TTL_A_MS = 2_500;
    private static final long TTL_B_MS = 60_000;
    private static final long WAIT_B_MS = 30_000;
    private static final int LINES = 3;

    private final Stage stage;
    private final Timeline timeline;
    private final Role sequencer;
    private final Role driver;
    private final List<String> acknowledged = new ArrayList<>();
    private Actor clientA;
    private Actor clientB;
    private long tokenA;
    private long tokenB;
    private Facts lastOfB;

    Cast(final Stage stage, final Timeline timeline, final Role sequencer, final Role driver) {
        this.stage = stage;
        this.timeline = timeline;
        this.sequencer = sequencer;
        this.driver = driver;
    }

    /** Starts both clients. */
    void enter(final String storage) {
        final String aeronDirectory = driver.endpoint(Settings.CLIENT_AERON_DIRECTORY);
        final String endpoints = sequencer.endpoint(Settings.CLIENT_SEQUENCER_ENDPOINTS);
        clientA = stage.startActor("client A", DemoClient.class, aeronDirectory, endpoints, storage);
        clientB = stage.startActor("client B", DemoClient.class, aeronDirectory, endpoints, storage);
        timeline.tell(
                "clients",
                "A pid=" + clientA.process().pid() + " clientId="
                        + clientA.ready().text("clientId") + "; B pid="
                        + clientB.process().pid() + " clientId="
                        + clientB.ready().text("clientId"));
    }

    /** A takes the lease and writes; then it is stopped in the middle of what it does. */
    void firstHolder() {
        final Facts granted = clientA.demand(acquire(TTL_A_MS, 0), "granted");
        tokenA = granted.number("token");
        timeline.tell(
                "client A",
                "is granted the lease of '" + RESOURCE + "' for " + TTL_A_MS / 1000.0 + " s: token "
                        + Shapes.token(tokenA));
        clientA.demand(Facts.of("open"), "opened");
        for (int i = 1; i <= LINES; i++) {
            write(clientA, "line " + i + " by A");
        }
        clientA.process().suspend();
        timeline.tell("client A", "is stopped (SIGSTOP), as by a long garbage collection; its lease runs out");
        // What it was about to do when it was stopped: it has looked at its lease, and found it good.
        clientA.tell(Facts.of("write").with("text", "line 4 by A, written too late"));
    }

    /** B waits for the lease, gets it when A's has run out, and writes. */
    void secondHolder() {
        timeline.tell("client B", "asks for the lease, and waits in the queue");
        final Facts granted = clientB.demand(acquire(TTL_B_MS, WAIT_B_MS), "granted");
        tokenB = granted.number("token");
        timeline.tell("client B", "is granted the lease, because A's has ended: token " + Shapes.token(tokenB));
        clientB.demand(Facts.of("open"), "opened");
        timeline.tell("client B", "opens '" + RESOURCE + "' with its token");
        for (int i = 1; i <= LINES; i++) {
            lastOfB = write(clientB, "line " + i + " by B");
        }
    }

    /** A goes on where it was stopped, and writes. */
    Facts firstHolderWakes() {
        clientA.process().resume();
        timeline.tell("client A", "goes on (SIGCONT), knows nothing of its pause, and writes");
        return clientA.await();
    }

    /** B writes one more line. */
    Facts write(final Actor client, final String text) {
        final Facts written = client.demand(Facts.of("write").with("text", text), "accepted");
        acknowledged.add(text);
        timeline.tell(client.process().name(), "writes '" + text + "': " + describe(written));
        return written;
    }

    Actor clientB() {
        return clientB;
    }

    long tokenA() {
        return tokenA;
    }

    long tokenB() {
        return tokenB;
    }

    /** Receipt of the last line that B wrote. */
    Facts lastOfB() {
        return lastOfB;
    }

    /** Every line that was acknowledged, in order. */
    List<String> acknowledged() {
        return acknowledged;
    }

    private static String describe(final Facts written) {
        return written.text("position") == null
                ? "written at offset " + written.text("offset")
                : written.text("verdict") + " sequence=" + written.text("sequence") + " generation="
                        + written.text("generation") + " position=" + written.text("position");
    }

    private static Facts acquire(final long ttlMs, final long waitMs) {
        return Facts.of("acquire")
                .with("resource", RESOURCE)
                .with("ttlMs", ttlMs)
                .with("waitMs", waitMs);
    }
}
