package io.fencegate.verification.story;

import java.util.Map;

/**
 * One step of a story, as it was read.
 *
 * <p>Immutable; any thread.
 *
 * @param place file, line number and text, for messages
 * @param manner how the step goes
 * @param call what is asked, or null
 * @param turn what happens, or null
 * @param actor who asks, or to whom it happens, or empty
 * @param other another actor, or empty
 * @param resource named here or before
 * @param values by their names: token, ttl, wait, sequence, payload
 * @param expected the word of the answer, or what the journal holds; null where nobody answers
 * @param facts that the answer is to tell, by their names
 */
record Line(
        String place,
        Manner manner,
        Call.Kind call,
        Turn.Kind turn,
        String actor,
        String other,
        String resource,
        Map<String, String> values,
        String expected,
        Map<String, String> facts) {
    /** How a step goes. */
    enum Manner {
        /** Asked and answered. */
        ASK,
        /** Asked, and held back on the way. */
        HOLD_BACK,
        /** What was held back arrives, and is answered. */
        DELIVER,
        /** Asked and done, and the answer is lost on the way. */
        LOSE_ANSWER,
        /** It just happens. */
        HAPPEN,
        /** Over: what the journal holds. */
        JOURNAL
    }
}
