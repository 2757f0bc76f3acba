package io.fencegate.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.aeron.driver.MediaDriver;
import io.fencegate.client.lease.Lease;
import io.fencegate.client.lease.PendingLease;
import io.fencegate.client.link.ClientThread;
import io.fencegate.codecs.wire.RenewDecoder;
import io.fencegate.core.grant.Grant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.CompositeAgent;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may be inside of a client: one thread at a time, an agent's too, and no listener twice. */
@Timeout(120)
class ClientThreadTest {
    private static final Duration TTL = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private MediaDriver driver;
    private ScriptedSequencer sequencer;
    private FencegateClient client;

    @BeforeEach
    void start() {
        driver = TestDriver.launch(directory.resolve("aeron"));
        sequencer = new ScriptedSequencer(directory);
        client = FencegateClient.connect(
                TestDriver.config(directory.resolve("aeron")).withSequencer(sequencer.ingressEndpoints()));
    }

    @AfterEach
    void stop() {
        CloseHelper.closeAll(client, sequencer, driver);
    }

    @Test
    void aSecondThreadInsideIsToldWhoIsThere() throws InterruptedException {
        final Thread caller = new Thread(() -> {
            try {
                client.acquire("orders", TTL, Duration.ZERO);
            } catch (final RuntimeException ignored) {
                // It is interrupted below.
            }
        });
        caller.setName("first-caller");
        caller.start();
        awaitCommand();
        final IllegalStateException ex = assertThrows(IllegalStateException.class, client::poll);
        assertTrue(ex.getMessage().contains("inside=first-caller"), ex.getMessage());
        assertTrue(ex.getMessage().contains("thread=" + Thread.currentThread().getName()), ex.getMessage());
        assertThrows(IllegalStateException.class, () -> client.offerAcquire("orders", TTL, Duration.ZERO));
        caller.interrupt();
        caller.join();
        client.poll();
    }

    private void awaitCommand() {
        Await.until(() -> !sequencer.commands.isEmpty());
    }

    @Test
    void anEntryByTheSameThreadMayBeNestedUnlessItCallsListeners() {
        final ClientThread thread = new ClientThread();
        assertTrue(thread.enter());
        assertFalse(thread.enter());
        thread.exit(false);
        assertThrows(IllegalStateException.class, thread::enterAlone);
        thread.exit(true);
        thread.enterAlone();
        thread.exit(true);
        assertTrue(thread.enter());
    }

    @Test
    void aListenerMayOfferAndCloseButNotPollOrBlock() {
        sequencer.law = templateId -> templateId == RenewDecoder.TEMPLATE_ID
                ? List.of(SequencerAnswers.renewed(20_000, 2))
                : List.of(SequencerAnswers.granted(20_000));
        final AtomicReference<RuntimeException> refused = new AtomicReference<>();
        final AtomicReference<PendingLease> offered = new AtomicReference<>();
        final Told told = new Told() {
            @Override
            public void onRenewed(final Lease lease) {
                super.onRenewed(lease);
                refused.set(assertThrows(IllegalStateException.class, client::poll));
                assertThrows(IllegalStateException.class, () -> client.describe("orders"));
                offered.set(client.offerAcquire("orders/2", TTL, Duration.ZERO));
                offered.get().cancel();
            }
        };
        final Grant grant = new Grant("orders", SequencerAnswers.TOKEN, client.clientId(), 20_000, 1);
        client.keep(new Lease(grant, 20_000, System.nanoTime()), told);
        Await.until(() -> {
            client.poll();
            return offered.get() != null && offered.get().isDone();
        });
        assertEquals(List.of("renewed"), told.lines);
        assertTrue(
                refused.get().getMessage().contains("A listener may"),
                refused.get().getMessage());
        assertTrue(offered.get().isDone());
    }

    @Test
    void anInvokerDrivesIt() {
        sequencer.law = templateId -> List.of(SequencerAnswers.granted(20_000));
        final PendingLease pending = client.offerAcquire("orders", TTL, Duration.ZERO);
        final AgentInvoker invoker = new AgentInvoker(error -> fail(error), null, client.agent());
        invoker.start();
        Await.until(() -> {
            invoker.invoke();
            return pending.isDone();
        });
        assertEquals(SequencerAnswers.TOKEN, pending.lease().token());
        invoker.close();
        assertThrows(IllegalStateException.class, () -> client.describe("orders"), "its end closes the client");
        assertEquals(0, client.poll());
    }

    @Test
    void aRunnerDrivesItTogetherWithItsUser() throws InterruptedException {
        sequencer.law = templateId -> List.of(SequencerAnswers.granted(20_000));
        final CountDownLatch done = new CountDownLatch(1);
        final AtomicInteger errors = new AtomicInteger();
        final Agent user = new Agent() {
            private PendingLease pending;

            @Override
            public int doWork() {
                if (pending == null) {
                    pending = client.offerAcquire("orders", TTL, Duration.ZERO);
                } else if (pending.isDone()) {
                    pending.lease();
                    done.countDown();
                }
                return 0;
            }

            @Override
            public String roleName() {
                return "user";
            }
        };
        try (AgentRunner runner = new AgentRunner(
                new SleepingMillisIdleStrategy(1),
                error -> errors.incrementAndGet(),
                null,
                new CompositeAgent(client.agent(), user))) {
            AgentRunner.startOnThread(runner);
            assertTrue(done.await(30, TimeUnit.SECONDS));
        }
        assertEquals(0, errors.get());
    }
}
