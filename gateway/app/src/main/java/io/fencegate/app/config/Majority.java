package io.fencegate.app.config;

/** How many nodes a sequencer has: an odd number, so that every split leaves a majority. */
public enum Majority {
    /** No node may fail. */
    ONE(1),
    /** One node may fail. */
    THREE(3),
    /** Two nodes may fail. */
    FIVE(5);

    private final int count;

    Majority(final int count) {
        this.count = count;
    }

    /**
     * The number of nodes.
     *
     * @return 1, 3 or 5
     */
    public int count() {
        return count;
    }

    /**
     * Reads the number.
     *
     * @param text 1, 3 or 5
     * @return the value
     */
    static Majority read(final String text) {
        for (final Majority value : values()) {
            if (Integer.toString(value.count).equals(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException("expected 1, 3 or 5");
    }
}
