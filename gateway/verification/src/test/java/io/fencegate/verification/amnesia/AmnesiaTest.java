package io.fencegate.verification.amnesia;

import static io.fencegate.verification.amnesia.World.bytes;
import static io.fencegate.verification.amnesia.World.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.client.FencedWriter;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.error.FencedException;
import io.fencegate.client.error.LeaseLostException;
import io.fencegate.client.error.LeaseRefusedException;
import io.fencegate.client.error.NotOwnerException;
import io.fencegate.client.error.StaleTokenException;
import io.fencegate.client.lease.Floor;
import io.fencegate.client.lease.Lease;
import io.fencegate.client.lease.PendingHeal;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.SealKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.agrona.concurrent.AgentInvoker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sequencer that lost its memory: real nodes that were wiped, a real gateway that remembers, and what a client makes of
 * its refusal.
 *
 * <p>The first two tests are one: with a token that is a bare counter, the same story does not heal. Such a counter has no
 * term that a proof could raise, so the sequencer goes on below the fence.
 */
class AmnesiaTest {
    private static final Duration TTL = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    private Path directory;

    @Test
    void aLeaseOfAWipedSequencerHealsByTheGatewaysProof() {
        assertEquals(List.of(), BareCounter.off(new WipedSequencer(), directory.toString()));
    }

    @Test
    void itWouldNotHealIfATokenWereABareCounter() {
        final List<String> complaints = BareCounter.on(WipedSequencer.class, directory.toString());

        assertTrue(
                complaints.stream().anyMatch(line -> line.contains("the holder heals its lease")),
                complaints::toString);
    }

    @Test
    void aClientThatWasPausedPastItsLeaseDoesNotHealIt() {
        try (World world = wiped(World.KEYS)) {
            final FencegateClient paused = world.client();
            final FencegateClient holder = world.client();
            final Lease lost = paused.acquire("orders", SHORT, Duration.ZERO);
            final Lease lease = holder.acquire("orders", TTL, TTL);
            final FencedWriter writer = holder.openOrHeal(lease.grant());
            writer.write(bytes("the holder's"));

            final FencedException fenced = assertThrows(FencedException.class, () -> paused.openOrHeal(lost.grant()));

            assertEquals(writer.grant().token(), fenced.fenceToken());
            final LeaseLostException told = assertInstanceOf(LeaseLostException.class, fenced.getSuppressed()[0]);
            assertEquals(holder.clientId(), told.currentHolder());
            assertEquals(writer.grant().token(), holder.describe("orders").token());
            writer.write(bytes("the holder's, again"));
            assertEquals("the holder's, again", text(paused.read("orders").payload()));
        }
    }

    @Test
    void aClientWhoseLeaseEndedWhileNobodyElseWantedItDoesNotHealItEither() {
        try (World world = wiped(World.KEYS)) {
            final FencegateClient client = world.client();
            final Lease lease = client.acquire("orders", TTL, Duration.ZERO);
            final FencedException fenced = assertThrows(FencedException.class, () -> client.open(lease.grant()));
            client.release(lease.grant());

            assertThrows(LeaseLostException.class, () -> client.healer().heal(lease.grant(), fenced));

            assertFalse(client.describe("orders").isHeld());
        }
    }

    @Test
    void twoHoldersOfOneTokenAreToldApartAndTheLivingOneHealsAsAnAgent() {
        try (World world = new World(1, directory, World.KEYS)) {
            final FencegateClient ann = world.client();
            final Lease earlier = ann.acquire("orders", TTL, Duration.ZERO);
            ann.open(earlier.grant()).close();
            world.nodes.wipeAll();
            final FencegateClient bob = world.client();
            final Lease lease = bob.acquire("orders", TTL, Duration.ZERO);
            assertEquals(earlier.token(), lease.token());
            final NotOwnerException fenced = assertThrows(NotOwnerException.class, () -> bob.open(lease.grant()));
            assertEquals(ann.clientId(), fenced.fenceClientId());

            final PendingHeal pending = bob.healer().offerHeal(lease.grant(), fenced);
            final AgentInvoker invoker = new AgentInvoker(
                    failure -> {
                        throw new AssertionError(failure);
                    },
                    null,
                    bob.agent());
            invoker.start();
            Nodes.await("the lease is healed", () -> {
                invoker.invoke();
                return pending.isDone();
            });

            final Lease healed = pending.lease();
            assertTrue(healed.token() > earlier.token());
            final FencedWriter writer = bob.open(healed.grant());
            writer.write(bytes("bob's"));
            assertThrows(StaleTokenException.class, () -> ann.open(earlier.grant()));
        }
    }

    @Test
    void withoutAKeyNothingIsProvenAndAnOperatorRaisesTheFloor() {
        try (World world = wiped(World.NO_KEYS)) {
            final FencegateClient bob = world.client();
            final Lease lease = bob.acquire("orders", TTL, Duration.ZERO);

            final StaleTokenException stale =
                    assertThrows(StaleTokenException.class, () -> bob.openOrHeal(lease.grant()));

            final LeaseRefusedException why = assertInstanceOf(LeaseRefusedException.class, stale.getSuppressed()[0]);
            assertEquals(LeaseVerdict.BAD_SEAL, why.verdict());
            assertEquals(lease.token(), bob.describe("orders").token(), "the lease stands");

            final FencegateClient operator = world.client();
            final Floor raised = operator.healer().raiseFloor(stale.fenceToken());
            assertEquals(new Floor(true, 1 << 16), raised);
            assertEquals(new Floor(false, 1 << 16), operator.healer().raiseFloor(stale.fenceToken()));
            bob.release(lease.grant());
            final Lease fresh = bob.acquire("orders", TTL, Duration.ZERO);
            bob.open(fresh.grant()).write(bytes("bob's"));
            assertEquals("bob's", text(bob.read("orders").payload()));
        }
    }

    /** A world whose gateway has seen a token of an earlier life for {@code orders}, and whose sequencer was wiped. */
    private World wiped(final SealKey.Source keys) {
        final World world = new World(1, directory, keys);
        final FencegateClient ann = world.client();
        for (int i = 0; i < 4; i++) {
            ann.acquire("earlier/" + i, TTL, Duration.ZERO);
        }
        ann.open(ann.acquire("orders", TTL, Duration.ZERO).grant());
        world.nodes.wipeAll();
        return world;
    }
}
