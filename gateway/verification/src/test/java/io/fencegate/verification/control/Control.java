package io.fencegate.verification.control;

import java.util.List;

/**
 * A fault that the simulator has to find. Immutable.
 *
 * @param name what is wrong, for people
 * @param property that it must break
 * @param from seed to begin at: one whose world has what the fault needs is not far
 * @param bound on how many seeds in a row it may take
 * @param patches that plant it; more than one where a second rule behind the first would hide it
 */
record Control(String name, String property, long from, int bound, List<Patch> patches) {
    static Control of(
            final String name, final String property, final long from, final int bound, final Patch... patches) {
        return new Control(name, property, from, bound, List.of(patches));
    }

    @Override
    public String toString() {
        return name;
    }
}
