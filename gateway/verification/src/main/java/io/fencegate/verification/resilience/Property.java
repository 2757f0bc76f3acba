package io.fencegate.verification.resilience;

/**
 * Something that has to hold after a fault.
 *
 * <p>Immutable; any thread.
 *
 * @param name in words
 * @param held whether it did
 * @param why it did not, in facts; empty if it did
 */
record Property(String name, boolean held, String why) {
    /** Checks a property. @param name in words @param held whether it does @param why it does not @return the property */
    static Property of(final String name, final boolean held, final String why) {
        return new Property(name, held, held ? "" : why);
    }
}
