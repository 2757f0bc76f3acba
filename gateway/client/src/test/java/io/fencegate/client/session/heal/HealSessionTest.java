package io.fencegate.client.session.heal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.client.session.CallTimes;
import io.fencegate.client.session.RequestIds;
import io.fencegate.client.session.lease.CommandKind;
import io.fencegate.client.session.lease.Fence;
import io.fencegate.client.session.lease.LeaseCommand;
import io.fencegate.client.session.lease.LeaseLoss;
import io.fencegate.client.session.lease.LeaseSession;
import io.fencegate.client.session.lease.LeaseState;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A heal goes on only while the sequencer calls the client the holder; every other answer ends it, and acquires nothing. */
class HealSessionTest {
    private static final long CLIENT = 7;
    private static final long OTHER = 8;
    private static final long TOKEN = Token.of(1, 1);
    private static final long FENCE = Token.of(9, 4);
    private static final long HEALED = Token.of(65_537, 1);
    private static final Grant GRANT = new Grant("orders", TOKEN, CLIENT, 20_000, 5);
    private static final Fence PROVEN = new Fence(FENCE, OTHER, 99);

    private HealSession heal = new HealSession(GRANT, PROVEN, new RequestIds(40));

    @Test
    void theHolderShowsTheProofReleasesAndAcquiresAgain() {
        final LeaseCommand describe = heal.next();
        assertCommand(describe, CommandKind.DESCRIBE, 0);
        assertEquals(HealState.DESCRIBING, heal.state());
        assertNull(heal.next(), "nothing is asked before the answer");

        describe.answer().onDescribed(held(CLIENT, TOKEN));
        final LeaseCommand raise = heal.next();
        assertCommand(raise, CommandKind.RAISE_FLOOR, FENCE);
        assertEquals(PROVEN, raise.proven());
        assertNull(heal.next());

        raise.answer().onFloor(LeaseVerdict.FLOOR_RAISED, 65_536);
        final LeaseCommand release = heal.next();
        assertCommand(release, CommandKind.RELEASE, TOKEN);
        assertNull(heal.next());

        release.answer().onDone(LeaseVerdict.RELEASED);
        final LeaseCommand acquire = heal.next();
        assertCommand(acquire, CommandKind.ACQUIRE, 0);
        assertEquals(20_000, acquire.ttlMs());
        assertEquals(0, acquire.waitMs(), "whoever waited for the lease has it by now");
        assertNull(heal.next());
        assertFalse(heal.isDone());
        assertNull(heal.grant());

        acquire.answer().onHeld(LeaseVerdict.GRANTED, HEALED, 6, 20_000, 20_000);
        assertNull(heal.next());
        assertDone(HealState.HEALED);
        assertEquals(new Grant("orders", HEALED, CLIENT, 20_000, 6), heal.grant());
        assertEquals(GRANT, heal.refused());
        assertNull(heal.loss());
    }

    @Test
    void aFloorThatStandsAboveTheFenceAlreadyIsAsGood() {
        raising().answer().onFloor(LeaseVerdict.FLOOR_KEPT, 65_536);

        assertCommand(heal.next(), CommandKind.RELEASE, TOKEN);
    }

    @Test
    void whoseLeaseAnotherClientHoldsByNowHasLostIt() {
        heal.next().answer().onDescribed(held(OTHER, HEALED));

        assertLost(LeaseEnd.UNKNOWN, HEALED, OTHER);
    }

    @Test
    void whoseLeaseNobodyHoldsByNowHasLostItToo() {
        heal.next().answer().onDescribed(held(0, 0));

        assertLost(LeaseEnd.UNKNOWN, 0, 0);
    }

    @Test
    void whoHoldsItUnderAnotherTokenHasLostThisLease() {
        heal.next().answer().onDescribed(held(CLIENT, HEALED));

        assertLost(LeaseEnd.UNKNOWN, HEALED, CLIENT);
    }

    @Test
    void aLeaseThatEndsBeforeItIsReleasedIsNotAcquired() {
        releasing().answer().onRefused(LeaseVerdict.LEASE_LOST, HEALED, OTHER, LeaseEnd.EXPIRED);

        assertLost(LeaseEnd.EXPIRED, HEALED, OTHER);
    }

    @Test
    void aLeaseThatAWaiterGotIsLost() {
        releasing().answer().onDone(LeaseVerdict.RELEASED);
        heal.next().answer().onDenied(HEALED, OTHER, 9_000);

        assertLost(LeaseEnd.RELEASED, HEALED, OTHER);
    }

    @Test
    void aProofThatIsNotBelievedLeavesTheLeaseAlone() {
        raising().answer().onRefused(LeaseVerdict.BAD_SEAL, 0, 0, LeaseEnd.UNKNOWN);

        assertRefused(LeaseVerdict.BAD_SEAL);
    }

    @Test
    void aFenceAtTheOwnTokenNeedsNoProof() {
        heal = new HealSession(GRANT, new Fence(TOKEN, OTHER, 0), new RequestIds(40));
        raising().answer().onRefused(LeaseVerdict.BAD_SEAL, 0, 0, LeaseEnd.UNKNOWN);

        assertCommand(heal.next(), CommandKind.RELEASE, TOKEN);
    }

    @ParameterizedTest
    @EnumSource(
            value = LeaseVerdict.class,
            names = {"TOKENS_EXHAUSTED", "MALFORMED", "REQUEST_MISMATCH", "REQUEST_TOO_OLD", "TOO_MANY_CLIENTS"})
    void anyOtherRefusalEndsItWhereverItComes(final LeaseVerdict verdict) {
        heal.next().answer().onRefused(verdict, 0, 0, LeaseEnd.UNKNOWN);
        assertRefused(verdict);

        begin();
        raising().answer().onRefused(verdict, 0, 0, LeaseEnd.UNKNOWN);
        assertRefused(verdict);

        begin();
        releasing().answer().onRefused(verdict, 0, 0, LeaseEnd.UNKNOWN);
        assertRefused(verdict);

        begin();
        acquiring().answer().onRefused(verdict, 0, 0, LeaseEnd.UNKNOWN);
        assertRefused(verdict);
    }

    @Test
    void aCommandWithoutAnAnswerEndsItWhereverItIs() {
        timeOut(heal.next());
        assertTimedOut(CommandKind.DESCRIBE);

        begin();
        timeOut(raising());
        assertTimedOut(CommandKind.RAISE_FLOOR);

        begin();
        timeOut(releasing());
        assertTimedOut(CommandKind.RELEASE);

        begin();
        timeOut(acquiring());
        assertTimedOut(CommandKind.ACQUIRE);
    }

    private void begin() {
        heal = new HealSession(GRANT, PROVEN, new RequestIds(40));
    }

    private LeaseCommand raising() {
        heal.next().answer().onDescribed(held(CLIENT, TOKEN));
        return heal.next();
    }

    private LeaseCommand releasing() {
        raising().answer().onFloor(LeaseVerdict.FLOOR_RAISED, 65_536);
        return heal.next();
    }

    private LeaseCommand acquiring() {
        releasing().answer().onDone(LeaseVerdict.RELEASED);
        return heal.next();
    }

    private static LeaseState held(final long holder, final long token) {
        return new LeaseState("orders", holder, token, 20_000, 10_000, 0);
    }

    private static void timeOut(final LeaseCommand command) {
        final LeaseSession session = new LeaseSession(new CallTimes(4, 1, 1, 1));
        session.begin(command, 1, 4);
        session.settle(4);
    }

    private static void assertCommand(final LeaseCommand command, final CommandKind kind, final long token) {
        assertEquals(kind, command.kind());
        assertEquals(CLIENT, command.clientId());
        assertEquals("orders", command.resource());
        assertEquals(token, command.token());
    }

    private void assertDone(final HealState state) {
        assertNull(heal.next(), "nothing more is asked");
        assertEquals(state, heal.state());
        assertTrue(heal.isDone());
    }

    private void assertLost(final LeaseEnd end, final long currentToken, final long currentHolder) {
        assertDone(HealState.LOST);
        assertEquals(new LeaseLoss("orders", TOKEN, end, currentToken, currentHolder), heal.loss());
        assertNull(heal.grant());
    }

    private void assertRefused(final LeaseVerdict verdict) {
        assertDone(HealState.REFUSED);
        assertEquals(verdict, heal.command().answer().verdict());
        assertNull(heal.grant());
    }

    private void assertTimedOut(final CommandKind kind) {
        assertDone(HealState.TIMED_OUT);
        assertEquals(kind, heal.command().kind());
        assertNull(heal.grant());
    }
}
