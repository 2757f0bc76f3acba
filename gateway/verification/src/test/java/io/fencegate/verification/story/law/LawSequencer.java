package io.fencegate.verification.story.law;

import io.fencegate.core.lease.LeaseState;
import io.fencegate.core.lease.LeaseTable;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.core.lease.order.LogClock;
import io.fencegate.core.lease.order.TokenSequence;
import io.fencegate.core.lease.watch.LeaseEvent;
import io.fencegate.core.lease.watch.LeaseEvents;
import io.fencegate.core.lease.watch.Watch;
import io.fencegate.verification.story.Call;
import io.fencegate.verification.story.Told;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** The shipped lease table with a log that is told by hand. One thread. */
final class LawSequencer {
    private static final long TICK_MS = 1000;
    private static final long NIGHT_MS = 8L * 60 * 60 * 1000;
    private static final int WORK_MAX = 100;

    /** Stories watch nothing. */
    private static final LeaseEvents NOBODY = new LeaseEvents() {
        @Override
        public void onWatching(final Watch watch, final long revision) {}

        @Override
        public void onEvent(final Watch watch, final LeaseEvent event) {}

        @Override
        public void onWatchEnded(final Watch watch) {}
    };

    private record Waiting(long clientId, long requestId, long ttlMs) {}

    private final AnswerSheet answers = new AnswerSheet();
    private final Map<String, Waiting> waits = new HashMap<>();
    private LeaseState state = nothing();
    private LeaseState beforeLastGrant = state;
    private long term;
    private long timestampMs = 1;
    private long requestIdLast;
    private boolean isUp = true;

    LawSequencer() {
        state.tokens().onTerm(term);
        tick();
    }

    boolean isUp() {
        return isUp;
    }

    long nowMs() {
        return timestampMs;
    }

    Told call(final long clientId, final Call call) {
        final LeaseState before = copy();
        final long serialBefore = state.tokens().serial();
        final LeaseCommand command =
                command(clientId, call.resource()).terms(call.token(), call.ttlMs(), call.waitMs());
        final Told told = run(call, command);
        if (state.tokens().serial() != serialBefore) {
            beforeLastGrant = before;
        }
        return told;
    }

    private Told run(final Call call, final LeaseCommand command) {
        final LeaseTable table = state.table();
        final long now = tick();
        switch (call.kind()) {
            case ACQUIRE -> {
                table.acquire(command.terms(0, call.ttlMs(), call.waitMs()), now);
                waits.put(
                        call.actor() + call.resource(),
                        new Waiting(command.clientId(), command.requestId(), call.ttlMs()));
            }
            case AWAIT -> {
                return await(waits.get(call.actor() + call.resource()), call);
            }
            case RENEW -> table.renew(command.terms(call.token(), call.ttlMs(), 0), now);
            case RELEASE -> table.release(command.terms(call.token(), 0, 0), now);
            case REVOKE -> {
                final long current =
                        describe(command.clientId(), call.resource()).tokenOf("current");
                table.revoke(command.terms(current, 0, 0), now);
            }
            case DESCRIBE -> table.describe(command, now);
            default -> throw new IllegalArgumentException("kind=" + call.kind());
        }
        return answers.answer(command.clientId(), command.requestId());
    }

    /** What came of a wait. The client renews a pushed grant at once, as the library does. */
    private Told await(final Waiting waiting, final Call call) {
        final Told told = answers.answer(waiting.clientId(), waiting.requestId());
        if (told.tokenOf("token") != 0) {
            final LeaseCommand renew = command(waiting.clientId(), call.resource());
            state.table().renew(renew.terms(told.tokenOf("token"), waiting.ttlMs(), 0), tick());
        }
        return told;
    }

    /** Lets the time pass until a lease is over. */
    void endLease(final String resource, final long token) {
        Told described = describe(1, resource);
        while (described.tokenOf("current") == token) {
            timestampMs += Math.min(TICK_MS, described.numberOf("remainingMs"));
            state.table().sweep(tick(), WORK_MAX);
            described = describe(1, resource);
        }
    }

    void stop() {
        isUp = false;
    }

    /** Time without a leader is no time. */
    void start() {
        isUp = true;
        timestampMs += NIGHT_MS;
        state = copy();
        beginTerm();
    }

    void changeLeader() {
        start();
    }

    void forgetLastGrant() {
        state = beforeLastGrant;
        start();
    }

    void loseEverything() {
        state = nothing();
        term = -1;
        beginTerm();
    }

    private void beginTerm() {
        state.tokens().onTerm(++term);
        tick();
    }

    private Told describe(final long clientId, final String resource) {
        final LeaseCommand command = command(clientId, resource);
        state.table().describe(command, tick());
        return answers.answer(clientId, command.requestId());
    }

    private LeaseCommand command(final long clientId, final String resource) {
        final byte[] name = resource.getBytes(StandardCharsets.UTF_8);
        return new LeaseCommand().from(clientId, ++requestIdLast).name(new UnsafeBuffer(name), 0, name.length);
    }

    private long tick() {
        return state.clock().advance(term, timestampMs);
    }

    /** What a snapshot would tell, taken over. */
    private LeaseState copy() {
        final LeaseState copy = nothing();
        state.visit(copy.restorer());
        return copy;
    }

    private LeaseState nothing() {
        final TokenSequence tokens = new TokenSequence();
        return new LeaseState(new LogClock(), tokens, new LeaseTable(LeaseLimits.DEFAULT, tokens, answers, NOBODY));
    }
}
