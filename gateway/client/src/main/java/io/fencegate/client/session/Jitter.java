package io.fencegate.client.session;

/**
 * A port to chance, so that many clients do not act at the same moment.
 *
 * <p>One thread.
 */
@FunctionalInterface
public interface Jitter {
    /**
     * Draws a length of time.
     *
     * @param boundNs not negative
     * @return from 0 to the bound, both included, in nanoseconds
     */
    long draw(long boundNs);
}
