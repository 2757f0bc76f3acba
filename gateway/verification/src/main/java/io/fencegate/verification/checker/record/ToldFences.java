package io.fencegate.verification.checker.record;

import io.fencegate.core.grant.Token;
import io.fencegate.verification.checker.fact.Call;
import io.fencegate.verification.checker.fact.Checker;
import io.fencegate.verification.checker.fact.Findings;
import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.checker.fact.Scene;
import io.fencegate.verification.history.Event;
import java.util.HashMap;
import java.util.Map;

/**
 * S3 as callers see it: after an answer that told of a fence, nothing with a lower token is asked for and accepted.
 *
 * <p>A success tells of a fence that is on disk for ever. A refusal may tell of one that is not on disk yet: until then, a
 * gateway that loses its power forgets it, and may take the older holder back. So what only refusals told counts up to the
 * next loss of power, and counts again only if told by an answer that cannot have been on its way during it.
 *
 * <p>One thread.
 */
public final class ToldFences implements Checker {
    private record Fence(long token, Event toldBy, long lossCount) {}

    /** What had been told when a call began. */
    private record Before(Fence synced, Fence refused) {}

    /** The calls of one actor. */
    private static final class Actor {
        private int open;
        private long lossSeen;
        private boolean isLate;
    }

    private final Map<String, Fence> synced = new HashMap<>();
    private final Map<String, Fence> refused = new HashMap<>();
    private final Map<String, Long> tokenSynced = new HashMap<>();
    private final Map<Call, Before> before = new HashMap<>();
    private final Map<String, Actor> actors = new HashMap<>();
    private final Scene scene;
    private final Findings findings;
    private long lossCount;
    private long directoryLostAt = -1;

    /** Begins. @param scene of the history @param findings that are added to */
    public ToldFences(final Scene scene, final Findings findings) {
        this.scene = scene;
        this.findings = findings;
    }

    @Override
    public void onObserved(final Event event, final long index) {
        if (scene.isPowerLoss(event)) {
            lossCount++;
        }
        if (scene.isDirectoryLoss(event)) {
            directoryLostAt = index;
            synced.clear();
            refused.clear();
            tokenSynced.clear();
        }
        switch (event.kind()) {
            case FENCE_SYNCED, OPEN_ANSWERED -> tokenSynced.merge(event.resource(), event.token(), Math::max);
            default -> {
                // Not about a fence on disk.
            }
        }
    }

    @Override
    public void onCalled(final Call call) {
        final Event called = call.called();
        final Actor actor = actorOf(called);
        actor.open++;
        switch (called.kind()) {
            case OPEN_CALLED, WRITE_CALLED ->
                before.put(call, new Before(synced.get(called.resource()), refused.get(called.resource())));
            default -> {
                // Raises no fence and writes nothing.
            }
        }
    }

    @Override
    public void onEnded(final Call call, final Event end, final long index) {
        final Actor actor = actorOf(end);
        actor.open--;
        final Before told = before.remove(call);
        if (call.index() < directoryLostAt) {
            return;
        }
        if (told != null && (Ends.isAcknowledged(end) || Ends.isOpened(end))) {
            judge(call, end, told);
        }
        remember(call, end, !actor.isLate && lossCount == actor.lossSeen);
    }

    /** Whether an answer to this actor may have been on its way when power was lost, is known at its next event. */
    private Actor actorOf(final Event event) {
        final Actor actor = actors.computeIfAbsent(event.actor(), name -> new Actor());
        if (actor.lossSeen < lossCount) {
            actor.lossSeen = lossCount;
            actor.isLate = actor.open > 0;
        }
        return actor;
    }

    private void judge(final Call call, final Event end, final Before told) {
        final Event called = call.called();
        final Fence refusal = told.refused != null && stands(called.resource(), told.refused) ? told.refused : null;
        final Fence fence = higher(told.synced, refusal);
        findings.check(
                Property.S3,
                fence == null || called.token() >= fence.token,
                () -> "an answer told of a fence, and a lower token was accepted later: resource=" + called.resource()
                        + (fence == null ? "" : " fence=" + Token.describe(fence.token)) + " token="
                        + Token.describe(called.token()),
                fence == null ? null : fence.toldBy,
                called,
                end);
    }

    private boolean stands(final String resource, final Fence refusal) {
        return refusal.lossCount == lossCount || refusal.token <= tokenSynced.getOrDefault(resource, 0L);
    }

    private static Fence higher(final Fence one, final Fence other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.token >= other.token ? one : other;
    }

    private void remember(final Call call, final Event end, final boolean isTimely) {
        final String resource = call.called().resource();
        if (Ends.isOpened(end) || Ends.isAcknowledged(end)) {
            remember(synced, resource, new Fence(call.called().token(), end, 0));
        } else if (Ends.isFound(end)) {
            remember(synced, resource, new Fence(end.token(), end, 0));
        }
        if (end.fence() != 0 && isTimely) {
            final Fence earlier = refused.get(resource);
            if (earlier != null && !stands(resource, earlier)) {
                refused.remove(resource);
            }
            remember(refused, resource, new Fence(end.fence(), end, lossCount));
        }
    }

    private static void remember(final Map<String, Fence> fences, final String resource, final Fence fence) {
        fences.merge(resource, fence, (old, young) -> young.token > old.token ? young : old);
    }
}
