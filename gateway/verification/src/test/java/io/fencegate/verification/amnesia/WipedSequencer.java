package io.fencegate.verification.amnesia;

import static io.fencegate.verification.amnesia.World.bytes;
import static io.fencegate.verification.amnesia.World.text;

import io.fencegate.client.FencedWriter;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.error.FencedException;
import io.fencegate.client.error.LeaseLostException;
import io.fencegate.client.error.StaleTokenException;
import io.fencegate.client.lease.Lease;
import io.fencegate.core.grant.Token;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * All three nodes of a sequencer are wiped, and its terms begin again, below the fences of the gateway. The next holder is
 * refused, heals its lease by the gateway's proof, and writes; the holder of the earlier life is fenced, is told that its
 * lease is lost, and acquires nothing. Told as complaints, so that it can be lived through among changed classes as well.
 */
public final class WipedSequencer implements Function<String, List<String>> {
    private static final Duration TTL = Duration.ofMinutes(2);
    private static final int GRANTS_BEFORE = 4;

    private final List<String> complaints = new ArrayList<>();

    /** Made by name, in a loader of its own. */
    public WipedSequencer() {}

    @Override
    public List<String> apply(final String directory) {
        try (World world = new World(3, Path.of(directory), World.KEYS)) {
            final FencegateClient ann = world.client();
            for (int i = 0; i < GRANTS_BEFORE; i++) {
                ann.acquire("earlier/" + i, TTL, Duration.ZERO);
            }
            final Lease earlier = ann.acquire("orders", TTL, Duration.ZERO);
            final FencedWriter annWriter = ann.open(earlier.grant());
            annWriter.write(bytes("before"));
            final Lease other = ann.acquire("invoices", TTL, Duration.ZERO);
            ann.open(other.grant()).close();

            world.nodes.wipeAll();

            final FencegateClient bob = world.client();
            final Lease lease = bob.acquire("orders", TTL, Duration.ZERO);
            check(lease.token() < earlier.token(), "terms and serials begin again", Token.describe(lease.token()));
            heal(bob, lease, earlier);
            if (complaints.isEmpty()) {
                checkZombie(ann, annWriter, earlier, bob);
                checkNoOtherLeaseNeedsIt(bob, other);
            }
        }
        return complaints;
    }

    private void heal(final FencegateClient bob, final Lease lease, final Lease earlier) {
        try {
            bob.open(lease.grant());
            check(false, "the gateway knows the fence still", "opened");
        } catch (final StaleTokenException stale) {
            check(stale.fenceToken() == earlier.token(), "the earlier grant fences", stale.getMessage());
            check(stale.proof() != 0, "the refusal carries a proof", stale.getMessage());
        }
        try (FencedWriter writer = bob.openOrHeal(lease.grant())) {
            final long token = writer.grant().token();
            check(Token.term(token) >> 16 == 1, "one heal was enough", Token.describe(token));
            check(token > earlier.token(), "the healed token is above the fence", Token.describe(token));
            check(bob.describe("orders").token() == token, "the sequencer knows the healed lease", "another token");
            writer.write(bytes("after"));
            check(text(bob.read("orders").payload()).equals("after"), "the healed writer's record stands", "another");
        } catch (final FencedException unhealed) {
            check(false, "the holder heals its lease", unhealed.getMessage());
        }
    }

    /** The holder of the earlier life goes on as one, and does not get the lease back by it. */
    private void checkZombie(
            final FencegateClient ann, final FencedWriter writer, final Lease earlier, final FencegateClient bob) {
        final long held = bob.describe("orders").token();
        try {
            writer.write(bytes("zombie"));
            check(false, "the earlier holder is fenced", "written");
        } catch (final StaleTokenException expected) {
            check(expected.fenceToken() == held, "the healed grant fences it", expected.getMessage());
        }
        try {
            ann.openOrHeal(earlier.grant());
            check(false, "the earlier holder does not heal", "opened");
        } catch (final FencedException fenced) {
            final boolean isLost =
                    fenced.getSuppressed().length == 1 && fenced.getSuppressed()[0] instanceof LeaseLostException;
            check(
                    isLost,
                    "it is told that its lease is lost",
                    List.of(fenced.getSuppressed()).toString());
        }
        check(
                bob.describe("orders").token() == held,
                "the lease stands",
                Token.describe(bob.describe("orders").token()));
        check(text(ann.read("orders").payload()).equals("after"), "the zombie wrote nothing", "another record");
    }

    /** The floor is above every fence of the earlier life by now. */
    private void checkNoOtherLeaseNeedsIt(final FencegateClient bob, final Lease earlier) {
        final Lease lease = bob.acquire("invoices", TTL, Duration.ZERO);
        check(lease.token() > earlier.token(), "later tokens are above all fences", Token.describe(lease.token()));
        bob.open(lease.grant()).close();
    }

    private void check(final boolean holds, final String what, final String found) {
        if (!holds) {
            complaints.add("not so: " + what + "; found " + found);
        }
    }
}
