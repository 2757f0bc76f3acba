package io.fencegate.verification.simulator.world;

import java.util.List;
import java.util.Random;

/**
 * Everything that is left to chance, decided by a seed. Uses of {@link Random} only what its documentation fixes, so that
 * every JDK draws the same.
 *
 * <p>One thread.
 */
public final class Chance {
    private final long seed;
    private final Random random;

    /**
     * Draws from a seed.
     *
     * @param seed decides all draws
     */
    public Chance(final long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /**
     * Chance for one part of the world, so that what happens in one part does not change what is drawn in another.
     *
     * @param part named
     * @return decided by this seed and the name
     */
    public Chance of(final String part) {
        return new Chance(seed * 0x9E3779B97F4A7C15L + part.hashCode());
    }

    /** Draws a count. @param bound positive @return from 0, below the bound */
    public int below(final int bound) {
        return random.nextInt(bound);
    }

    /** Draws a number. @param low least @param high greatest @return both included */
    public long between(final long low, final long high) {
        return low + Math.floorMod(random.nextLong(), high - low + 1);
    }

    /** Draws yes or no. @param percent of yes, 0 to 100 @return yes or no */
    public boolean once(final int percent) {
        return random.nextInt(100) < percent;
    }

    /** Draws one of several. @param choices not empty @return one of them */
    public <T> T pick(final List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Draws any number. @return 64 bits */
    public long bits() {
        return random.nextLong();
    }
}
