package io.fencegate.core.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Tokens are ordered by term, then by serial. */
final class TokenTest {
    @Test
    void aTokenIsItsTermAndItsSerial() {
        assertEquals(1, Token.of(0, 1));
        assertEquals(1_099_511_627_777L, Token.of(1, 1));
        assertEquals(Long.MAX_VALUE, Token.of(Token.TERM_MAX, Token.SERIAL_MAX));
        assertEquals(5, Token.term(Token.of(5, 9)));
        assertEquals(9, Token.serial(Token.of(5, 9)));
        assertEquals("1099511627777 (1/1)", Token.describe(Token.of(1, 1)));
    }

    @Test
    void everyTokenOfALaterTermIsHigher() {
        assertTrue(Token.of(2, 1) > Token.of(1, Token.SERIAL_MAX));
        assertTrue(Token.of(Token.TERM_MAX, 1) > Token.of(Token.TERM_MAX - 1, Token.SERIAL_MAX));
    }

    @Test
    void partsOutOfRangeMakeNoToken() {
        assertThrows(IllegalArgumentException.class, () -> Token.of(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> Token.of(Token.TERM_MAX + 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Token.of(1, 0));
        assertThrows(IllegalArgumentException.class, () -> Token.of(1, Token.SERIAL_MAX + 1));
    }

    @Test
    void aNumberThatIsNotPositiveOrHasNoSerialIsNoToken() {
        assertTrue(Token.isValid(1));
        assertTrue(Token.isValid(Long.MAX_VALUE));
        assertFalse(Token.isValid(0));
        assertFalse(Token.isValid(-1));
        assertFalse(Token.isValid(Long.MIN_VALUE + 1));
        assertFalse(Token.isValid(7L << Token.SERIAL_BITS));
    }
}
