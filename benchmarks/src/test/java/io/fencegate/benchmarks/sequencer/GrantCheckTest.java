package io.fencegate.benchmarks.sequencer;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.client.lease.Lease;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Token;
import org.junit.jupiter.api.Test;

/** {@link GrantCheck} and {@link LeasePipeline#checkTokens}: which answers a run bears. */
class GrantCheckTest {
    private static final long TTL_MS = 1_000;

    private final GrantCheck check = new GrantCheck("orders", TTL_MS);

    @Test
    void aGrantHasAHigherTokenThanTheOneBefore() {
        final Lease first = lease("orders", 1, 7, 99, TTL_MS);
        final Lease second = lease("orders", 2, 7, 99, 1);
        assertSame(first, check.granted(first, 7));
        assertSame(second, check.granted(second, 7));
        assertThrows(WrongAnswerException.class, () -> check.granted(second, 7));
        assertThrows(WrongAnswerException.class, () -> check.granted(first, 7));
    }

    @Test
    void aGrantIsForThisResourceAndThisClientSealedAndAlive() {
        assertThrows(WrongAnswerException.class, () -> check.granted(lease("invoices", 1, 7, 99, TTL_MS), 7));
        assertThrows(WrongAnswerException.class, () -> check.granted(lease("orders", 1, 8, 99, TTL_MS), 7));
        assertThrows(WrongAnswerException.class, () -> check.granted(lease("orders", 1, 7, 0, TTL_MS), 7));
        assertThrows(WrongAnswerException.class, () -> check.granted(lease("orders", 1, 7, 99, 0), 7));
        assertThrows(WrongAnswerException.class, () -> check.granted(lease("orders", 2, 7, 99, TTL_MS + 1), 7));
    }

    @Test
    void aRenewalIsTheSameGrant() {
        final Lease held = check.granted(lease("orders", 5, 7, 99, TTL_MS), 7);
        check.renewed(lease("orders", 5, 7, 98, TTL_MS), held);
        assertThrows(WrongAnswerException.class, () -> check.renewed(lease("orders", 6, 7, 99, TTL_MS), held));
        assertThrows(WrongAnswerException.class, () -> check.renewed(lease("invoices", 5, 7, 99, TTL_MS), held));
        assertThrows(WrongAnswerException.class, () -> check.renewed(lease("orders", 5, 8, 99, TTL_MS), held));
        assertThrows(WrongAnswerException.class, () -> check.renewed(lease("orders", 5, 7, 99, 0), held));
    }

    @Test
    void noTokenIsIssuedTwice() {
        LeasePipeline.checkTokens(new long[] {3, 1, 2});
        assertThrows(WrongAnswerException.class, () -> LeasePipeline.checkTokens(new long[] {3, 1, 2, 3}));
    }

    private static Lease lease(
            final String resource, final int serial, final long clientId, final long seal, final long remainingMs) {
        return new Lease(new Grant(resource, Token.of(1, serial), clientId, TTL_MS, seal), remainingMs, 0);
    }
}
