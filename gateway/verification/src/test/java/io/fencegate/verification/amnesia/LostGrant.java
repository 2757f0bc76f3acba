package io.fencegate.verification.amnesia;

import io.fencegate.client.FencegateClient;
import io.fencegate.client.lease.Lease;
import io.fencegate.core.grant.Token;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Grants are answered by a majority, and that majority loses them: two of three nodes fall back to what their disks held
 * before, as a power cut does to disks that are not synced. They elect a leader of a later term; the third node, which
 * still has the grants in its log, follows it, and that term truncates them. Among what is lost is a raise of the floor.
 *
 * <p>Told as complaints, so that it can be lived through among changed classes as well.
 */
public final class LostGrant implements Function<String, List<String>> {
    private static final Duration TTL = Duration.ofMinutes(2);

    private final List<String> complaints = new ArrayList<>();
    private final Map<Long, String> grants = new LinkedHashMap<>();

    /** Made by name, in a loader of its own. */
    public LostGrant() {}

    @Override
    public List<String> apply(final String directory) {
        try (World world = new World(3, Path.of(directory), World.KEYS)) {
            final FencegateClient client = world.client();
            acquire(client, "kept");
            final int leader = world.nodes.awaitLeader();
            final int[] followers = {(leader + 1) % 3, (leader + 2) % 3};
            for (final int follower : followers) {
                world.nodes.stop(follower);
                world.nodes.keepDisk(follower);
                world.nodes.start(follower);
                world.nodes.awaitApplied(follower);
            }
            check(world.nodes.awaitLeader() == leader, "the term is still the same", "another leader");

            final Lease lost = acquire(client, "lost");
            client.healer().raiseFloor(lost.token());
            final Lease lostAboveTheFloor = acquire(client, "lost, above the floor");
            check(lostAboveTheFloor.token() > lost.token(), "the floor was raised", describe(lostAboveTheFloor));

            world.nodes.stopAll();
            for (final int follower : followers) {
                world.nodes.setDiskBack(follower);
                world.nodes.start(follower);
            }
            world.nodes.awaitLeader();
            final FencegateClient later = world.client();
            check(later.describe("kept").isHeld(), "what was on the disks is known", "nobody holds it");
            check(!later.describe("lost").isHeld(), "the grant is lost", "it is held");
            final Lease next = acquire(later, "lost");
            check(next.token() > lost.token(), "the next token is above the lost one", describe(next));

            world.nodes.start(leader);
            world.nodes.awaitApplied(leader);
            acquire(later, "behind the truncated log");
            later.healer().raiseFloor(lostAboveTheFloor.token());
            final Lease last = acquire(later, "lost, above the floor");
            check(last.token() > lostAboveTheFloor.token(), "the floor was raised again", describe(last));
        }
        return complaints;
    }

    private Lease acquire(final FencegateClient client, final String resource) {
        final Lease lease = client.acquire(resource, TTL, Duration.ZERO);
        final String grant = resource + " of " + client.clientId();
        final String before = grants.putIfAbsent(lease.token(), grant);
        check(before == null, "no token is issued twice", describe(lease) + " for " + grant + " and " + before);
        return lease;
    }

    private static String describe(final Lease lease) {
        return Token.describe(lease.token());
    }

    private void check(final boolean holds, final String what, final String found) {
        if (!holds) {
            complaints.add("not so: " + what + "; found " + found);
        }
    }
}
