package io.fencegate.core.lease;

import io.fencegate.core.grant.Token;
import io.fencegate.core.lease.order.TokenSequence;

/** How far the twin raises the floor: one step after the other, until the next token is above. Pure functions. */
final class PlainFloor {
    /** There is no such offset. */
    static final long NONE = -1;

    private PlainFloor() {}

    /** The least offset, from the present one on, with which the next token is above this one. */
    static long offsetAbove(final long token, final TokenSequence tokens) {
        final boolean isTermOver = tokens.serial() == Token.SERIAL_MAX;
        final long serial = isTermOver ? 1 : tokens.serial() + 1;
        long offset = tokens.termOffset();
        if (tokens.leadershipTermId() + offset > Token.TERM_MAX) {
            return NONE;
        }
        while (true) {
            final long term = tokens.leadershipTermId() + offset + (isTermOver ? 1 : 0);
            if (term > Token.TERM_MAX) {
                return offset == tokens.termOffset() ? offset : NONE;
            }
            if (Token.of(term, serial) > token) {
                return offset;
            }
            offset += TokenSequence.TERM_OFFSET_STEP;
        }
    }
}
