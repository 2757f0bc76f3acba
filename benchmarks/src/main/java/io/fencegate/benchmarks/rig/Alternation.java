package io.fencegate.benchmarks.rig;

import io.fencegate.benchmarks.measure.Paired;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/**
 * Measures two subjects in turns within one run, block after block; who begins changes from block to block. Ends early,
 * with the pairs that it has, when it is told to stop.
 *
 * <p>One thread.
 */
public final class Alternation {
    private final int warmups;
    private final int blocks;
    private final BooleanSupplier stopped;

    /**
     * Turns.
     *
     * @param warmups blocks of each that are not counted, at least 0
     * @param blocks of each that are, at least 1
     * @param stopped turns true when the run shall end
     */
    public Alternation(final int warmups, final int blocks, final BooleanSupplier stopped) {
        if (warmups < 0 || blocks < 1) {
            throw new IllegalArgumentException("nothing to measure: warmups=" + warmups + " blocks=" + blocks);
        }
        this.warmups = warmups;
        this.blocks = blocks;
        this.stopped = stopped;
    }

    /**
     * Measures.
     *
     * @param <T> what one block yields
     * @param subject measures one block of the one whose cost is asked for
     * @param floor measures one block of what its parts cost
     * @return the pairs of blocks
     * @throws Exception whatever a block throws: then the run is void
     */
    public <T> Paired<T> run(final Callable<? extends T> subject, final Callable<? extends T> floor) throws Exception {
        final List<T> subjects = new ArrayList<>();
        final List<T> floors = new ArrayList<>();
        for (int i = -warmups; i < blocks && !stopped.getAsBoolean(); i++) {
            final boolean floorFirst = (i & 1) == 0;
            final T first = (floorFirst ? floor : subject).call();
            if (stopped.getAsBoolean()) {
                break;
            }
            final T second = (floorFirst ? subject : floor).call();
            if (i >= 0) {
                floors.add(floorFirst ? first : second);
                subjects.add(floorFirst ? second : first);
            }
        }
        return new Paired<>(subjects, floors, blocks);
    }
}
