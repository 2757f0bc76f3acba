package io.fencegate.benchmarks.rig;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What a rig is told. Immutable.
 *
 * @param directory parent of whatever files it makes, on the disk that is measured
 * @param effort how much
 * @param idling of threads that wait for one another
 * @param results what it keeps beside its rows
 * @param stopped turns true when the user has had enough (Ctrl-C)
 * @param progress told what is going on, in a few words
 */
public record Run(
        Path directory,
        Effort effort,
        Idling idling,
        Results results,
        BooleanSupplier stopped,
        Consumer<String> progress) {
    /** Whether to come to an end. @return true once the user has had enough; asked between blocks, at least every second */
    public boolean isStopped() {
        return stopped.getAsBoolean();
    }

    /** Tells what is going on. @param what in a few words */
    public void tell(final String what) {
        progress.accept(what);
    }

    /**
     * Turns of two subjects.
     *
     * @param warmups blocks of each that are not counted
     * @param blocks of each that are
     * @return the turns, which end early when the run is stopped
     */
    public Alternation turns(final int warmups, final int blocks) {
        return new Alternation(warmups, blocks, stopped);
    }

    /**
     * A directory for this rig alone, on the disk that is measured; gone when it is closed, also by Ctrl-C.
     *
     * @return the directory
     * @throws IOException if none can be made
     */
    public Scratch scratch() throws IOException {
        return new Scratch(directory);
    }
}
