package io.fencegate.benchmarks.peers;

import io.fencegate.benchmarks.peers.load.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Measures several subjects in turns: in each round one block of each, and another one begins. Ends early, with the
 * rounds that are whole, when it is told to stop. Immutable; one thread.
 *
 * @param warmups rounds that are not counted, at least 0
 * @param rounds that are, at least 1
 * @param blockNs how long a block lasts
 * @param stopped turns true when the run shall end
 */
record Rounds(int warmups, int rounds, long blockNs, BooleanSupplier stopped) {
    /** One that takes its turns. */
    @FunctionalInterface
    interface Turn {
        Block block(long durationNs) throws Exception;
    }

    Rounds {
        if (warmups < 0 || rounds < 1 || blockNs < 1) {
            throw new IllegalArgumentException(
                    "nothing to measure: warmups=" + warmups + " rounds=" + rounds + " blockNs=" + blockNs);
        }
    }

    /** Measures. @return for each subject, in order, a block of each round */
    List<List<Block>> run(final List<? extends Turn> turns) throws Exception {
        final List<List<Block>> blocks = new ArrayList<>();
        turns.forEach(turn -> blocks.add(new ArrayList<>()));
        for (int round = -warmups; round < rounds; round++) {
            final Block[] ofRound = new Block[turns.size()];
            for (int i = 0; i < ofRound.length; i++) {
                if (stopped.getAsBoolean()) {
                    return blocks;
                }
                final int turn = Math.floorMod(i + round, ofRound.length);
                ofRound[turn] = turns.get(turn).block(blockNs);
            }
            for (int i = 0; round >= 0 && i < ofRound.length; i++) {
                blocks.get(i).add(ofRound[i]);
            }
        }
        return blocks;
    }
}
