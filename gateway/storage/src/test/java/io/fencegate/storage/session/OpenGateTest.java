package io.fencegate.storage.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.fencegate.core.fence.FenceTable;
import io.fencegate.core.fence.OffHeapFenceTable;
import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.RecordRef;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.Sealer;
import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An open is decided when its answer leaves: whoever was overtaken meanwhile is refused. */
class OpenGateTest {
    private static final long ALICE = 0xA11CEL;
    private static final long BOB = 0xB0BL;
    private static final long T1 = Token.of(1, 1);
    private static final long T2 = Token.of(1, 2);
    private static final UnsafeBuffer NAME = new UnsafeBuffer("orders".getBytes(StandardCharsets.UTF_8));

    private final FenceTable fences = new OffHeapFenceTable(8, 1024, 1024, 1);
    private final Sealer sealer = Sealer.of(SealKey.parse("000102030405060708090a0b0c0d0e0f"));
    private final Sessions sessions = new Sessions(8);
    private final List<String> told = new ArrayList<>();
    private final List<Verdict> decided = new ArrayList<>();
    private Outlet.Result way = Outlet.Result.SENT;
    private final OpenGate gate = new OpenGate(
            fences,
            new FenceProof(fences, sealer),
            (session, answer, durable) -> {
                told.add(session.number() + " " + answer.verdict());
                return way;
            },
            (session, answer, handle) -> decided.add(answer.verdict()));
    private final Session first = welcomed(101, ALICE);
    private final Session second = welcomed(102, ALICE);
    private final Session other = welcomed(103, BOB);

    @AfterEach
    void giveMemoryBack() {
        fences.close();
    }

    @Test
    void theSessionOwnsTheResourceOnceTheAnswerIsOut() {
        final int handle = raise(first, T1, ALICE);
        assertEquals(FenceTable.NO_SESSION, fences.owner(handle));

        release(first, 0);

        assertEquals(List.of("101 OPENED"), told);
        assertEquals(101, fences.owner(handle));
        assertEquals(List.of(Verdict.OPENED), decided);
    }

    @Test
    void nobodyOwnsTheResourceWhileTheAnswerCannotLeave() {
        final int handle = raise(first, T1, ALICE);
        way = Outlet.Result.BLOCKED;

        release(first, 0);

        assertEquals(FenceTable.NO_SESSION, fences.owner(handle));
        assertEquals(List.of(), decided);
        way = Outlet.Result.SENT;
        release(first, 0);
        assertEquals(101, fences.owner(handle));
    }

    @Test
    void anOpenOvertakenByAHigherTokenIsToldWhoFencesIt() {
        raise(first, T1, ALICE);
        final Answer answer = first.answers().size() == 1 ? peek(first) : null;
        raise(other, T2, BOB);

        release(first, 0);

        assertEquals(List.of("101 STALE_TOKEN"), told);
        assertEquals(T2, answer.fenceToken());
        assertEquals(BOB, answer.fenceClientId());
        assertEquals(sealer.proof(T2, BOB, NAME, 0, NAME.capacity()), answer.proof());
        assertNotEquals(0, answer.proof());
        assertEquals(List.of(Verdict.STALE_TOKEN), decided);
    }

    @Test
    void ofTwoSessionsOfOneHolderTheYoungerWinsWhoeverIsAnsweredFirst() {
        final int handle = raise(first, T1, ALICE);
        reopen(second, handle, T1, ALICE);

        release(second, 0);
        release(first, 0);

        assertEquals(List.of("102 OPENED", "101 NOT_OWNER"), told);
        assertEquals(102, fences.owner(handle));
    }

    @Test
    void anOpenThatTellsOfARecordWaitsUntilTheRecordIsDurable() {
        final int handle = raise(first, T1, ALICE);
        release(first, 0);
        fences.accepted(handle, T1, 1, 5, new RecordRef().set(1, 40, 4));
        raise(other, T2, BOB);

        release(other, 39);
        assertEquals(List.of("101 OPENED"), told);

        release(other, 40);
        assertEquals(List.of("101 OPENED", "103 OPENED"), told);
    }

    @Test
    void aSessionThatEndsLeavesNothingOwned() {
        final int handle = raise(first, T1, ALICE);
        release(first, 0);

        first.end(SessionEnd.CLIENT_GONE);
        first.disown(fences);

        assertEquals(FenceTable.NO_SESSION, fences.owner(handle));
    }

    @Test
    void aSessionThatEndsTakesNothingFromItsSuccessor() {
        final int handle = raise(first, T1, ALICE);
        release(first, 0);
        reopen(second, handle, T1, ALICE);
        release(second, 0);

        first.end(SessionEnd.CLIENT_GONE);
        first.disown(fences);

        assertEquals(102, fences.owner(handle));
    }

    private Session welcomed(final long number, final long clientId) {
        final Session session = new Session(SessionLimits.DEFAULT, 0);
        session.welcome(number, clientId);
        sessions.add(session);
        return session;
    }

    private int raise(final Session session, final long token, final long clientId) {
        final int handle =
                fences.raise(new OpenRequest().name(NAME, 0, NAME.capacity()).grant(token, clientId, 0));
        open(session, handle, token, clientId);
        return handle;
    }

    private void reopen(final Session session, final int handle, final long token, final long clientId) {
        fences.suspend(handle);
        sessions.overtakeOpens(session, handle, token);
        open(session, handle, token, clientId);
    }

    private static void open(final Session session, final int handle, final long token, final long clientId) {
        session.answers().reserve().open(1, handle, token, clientId, 0);
        session.answers().add();
    }

    private Answer peek(final Session session) {
        final Answer[] head = new Answer[1];
        session.answers().release(session, 0, 0, (s, answer, durable) -> {
            head[0] = answer;
            return Outlet.Result.WAITS;
        });
        return head[0];
    }

    private void release(final Session session, final long durablePosition) {
        session.answers().release(session, durablePosition, 0, gate);
    }
}
