package io.fencegate.core.lease.order;

import static io.fencegate.core.grant.LeaseVerdict.FLOOR_KEPT;
import static io.fencegate.core.grant.LeaseVerdict.FLOOR_RAISED;
import static io.fencegate.core.grant.LeaseVerdict.TOKENS_EXHAUSTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.Token;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens rise, serials count from 1 in each term, and no number wraps. */
final class TokenSequenceTest {
    private final TokenSequence tokens = new TokenSequence();

    @Test
    void serialsCountFromOneInEachTerm() {
        tokens.onTerm(0);
        assertEquals(Token.of(0, 1), tokens.next());
        assertEquals(Token.of(0, 2), tokens.next());
        tokens.onTerm(7);
        assertEquals(0, tokens.serial());
        assertEquals(Token.of(7, 1), tokens.next());
        assertEquals(1, tokens.serial());
    }

    @Test
    void beingToldOfTheCurrentTermAgainChangesNothing() {
        tokens.onTerm(3);
        tokens.next();
        tokens.onTerm(3);

        assertEquals(Token.of(3, 2), tokens.next());
    }

    @Test
    void aTermThatFallsIsAnImpossibleState() {
        tokens.onTerm(3);

        assertThrows(IllegalStateException.class, () -> tokens.onTerm(2));
        assertThrows(IllegalStateException.class, () -> tokens.onTerm(-1));
    }

    @Test
    void thereIsNoTokenBeforeTheFirstTerm() {
        assertEquals(TokenSequence.EXHAUSTED, tokens.next());
    }

    @Test
    void serialsRunOutUntilTheNextTerm() {
        tokens.restore(0, 3, Token.SERIAL_MAX - 1);

        assertEquals(Token.of(3, Token.SERIAL_MAX), tokens.next());
        assertEquals(TokenSequence.EXHAUSTED, tokens.next());
        assertEquals(TokenSequence.EXHAUSTED, tokens.next());
        tokens.onTerm(4);
        assertEquals(Token.of(4, 1), tokens.next());
    }

    @Test
    void termsRunOutForGood() {
        tokens.onTerm(Token.TERM_MAX);
        assertEquals(Token.of(Token.TERM_MAX, 1), tokens.next());
        tokens.onTerm(Token.TERM_MAX + 1);
        assertEquals(TokenSequence.EXHAUSTED, tokens.next());
        tokens.onTerm(Long.MAX_VALUE);
        assertEquals(TokenSequence.EXHAUSTED, tokens.next());
    }

    @Test
    void theTermOffsetIsAddedToTheLeadershipTerm() {
        final TokenSequence raised = new TokenSequence(2 * TokenSequence.TERM_OFFSET_STEP);
        raised.onTerm(5);
        assertEquals(Token.of(131_077, 1), raised.next());

        raised.onTerm(Token.TERM_MAX - 2 * TokenSequence.TERM_OFFSET_STEP);
        assertEquals(Token.of(Token.TERM_MAX, 1), raised.next());
        raised.onTerm(raised.leadershipTermId() + 1);
        assertEquals(TokenSequence.EXHAUSTED, raised.next());
    }

    @ParameterizedTest
    @ValueSource(longs = {-65_536, -1, 1, 65_535, 65_537, 1L << 23, Long.MAX_VALUE, Long.MIN_VALUE})
    void aTermOffsetIsAMultipleOfItsStepWithinTheTerms(final long termOffset) {
        assertThrows(IllegalArgumentException.class, () -> new TokenSequence(termOffset));
        assertThrows(IllegalStateException.class, () -> tokens.restore(termOffset, 1, 1));
    }

    @Test
    void theOffsetIsRaisedByAsManyStepsAsItTakesAndNoMore() {
        tokens.onTerm(3);
        tokens.next();

        assertEquals(FLOOR_KEPT, tokens.raiseAbove(Token.of(3, 1)));
        assertEquals(0, tokens.termOffset());
        assertEquals(FLOOR_RAISED, tokens.raiseAbove(Token.of(3, 2)));
        assertEquals(65_536, tokens.termOffset());
        assertEquals(Token.of(65_539, 2), tokens.next());
        assertEquals(FLOOR_RAISED, tokens.raiseAbove(Token.of(131_074, 7)));
        assertEquals(131_072, tokens.termOffset());
        assertEquals(FLOOR_KEPT, tokens.raiseAbove(Token.of(131_074, Token.SERIAL_MAX)));
        assertEquals(FLOOR_KEPT, tokens.raiseAbove(Token.of(131_075, 2)));
        assertEquals(FLOOR_RAISED, tokens.raiseAbove(Token.of(131_075, 3)));
        assertEquals(196_608, tokens.termOffset());
        assertEquals(FLOOR_RAISED, tokens.raiseAbove(Token.of(262_147, 2)));
        assertEquals(262_144, tokens.termOffset(), "level with the token's term is enough where the serial is above");
        assertEquals(Token.of(262_147, 3), tokens.next());
    }

    @Test
    void whereALeadershipTermIsUsedUpTheNextOneCounts() {
        tokens.restore(0, 3, Token.SERIAL_MAX);

        assertEquals(FLOOR_KEPT, tokens.raiseAbove(Token.of(3, Token.SERIAL_MAX)));
        assertEquals(FLOOR_RAISED, tokens.raiseAbove(Token.of(4, 1)));
        assertEquals(TokenSequence.EXHAUSTED, tokens.next());
        tokens.onTerm(4);
        assertEquals(Token.of(65_540, 1), tokens.next());
    }

    @Test
    void whereNoTermIsLeftNothingIsRaised() {
        assertEquals(TOKENS_EXHAUSTED, tokens.raiseAbove(1), "before the first term");
        tokens.onTerm(65_535);
        assertEquals(TOKENS_EXHAUSTED, tokens.raiseAbove(Token.of(Token.TERM_MAX, 1)));
        assertEquals(0, tokens.termOffset());
        assertEquals(FLOOR_RAISED, tokens.raiseAbove(Token.of(Token.TERM_MAX - 1, 1)));
        assertEquals(Token.of(Token.TERM_MAX, 1), tokens.next());
        tokens.onTerm(65_536);
        assertEquals(TOKENS_EXHAUSTED, tokens.raiseAbove(1), "no token is left at all");
    }

    @Test
    void aRaiseThatIsLostWithItsTermRepeatsNoToken() {
        final Set<Long> issued = new HashSet<>();
        for (long offset = 0; offset <= 3 * TokenSequence.TERM_OFFSET_STEP; offset += TokenSequence.TERM_OFFSET_STEP) {
            for (final long term : new long[] {1, 2, 65_535, 65_536}) {
                tokens.restore(offset, term, 0);
                assertTrue(issued.add(tokens.next()), () -> "term=" + term + " offset=" + tokens.termOffset());
            }
        }
        tokens.restore(0, 65_537, 0);
        assertFalse(issued.add(tokens.next()), "65,536 terms later: the limit that the class states");
    }

    @Test
    void aRestoredSequenceGoesOn() {
        tokens.restore(65_536, 2, 41);
        tokens.onTerm(2);

        assertEquals(Token.of(65_538, 42), tokens.next());
        assertEquals(65_536, tokens.termOffset());
        assertThrows(IllegalStateException.class, () -> tokens.restore(0, -2, 0));
        assertThrows(IllegalStateException.class, () -> tokens.restore(0, -1, 1));
        assertThrows(IllegalStateException.class, () -> tokens.restore(0, 1, -1));
        assertThrows(IllegalStateException.class, () -> tokens.restore(0, 1, Token.SERIAL_MAX + 1));
    }
}
