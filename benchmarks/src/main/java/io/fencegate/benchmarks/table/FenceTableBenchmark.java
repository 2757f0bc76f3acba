package io.fencegate.benchmarks.table;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The check of a write in a table of many resources, in random order, beside one dependent read of a cache line from a
 * table of the same size. {@code ./fencegate bench table} runs both in turns.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class FenceTableBenchmark {
    /** Lines of memory, and where the walk stands. */
    @State(Scope.Thread)
    public static class Floor {
        /** Lines in the table. */
        @Param({"1000", "1000000", "10000000"})
        private int resources;

        private MemoryFloor memory;
        private int next;

        /** Takes the memory. */
        @Setup
        public void open() {
            memory = new MemoryFloor(RandomWalk.cycle(resources));
        }

        /** Gives it back. */
        @TearDown
        public void close() {
            memory.close();
        }
    }

    /** The table, and where the walk stands. */
    @State(Scope.Thread)
    public static class Fences {
        /** Resources in the table. */
        @Param({"1000", "1000000", "10000000"})
        private int resources;

        /** Bytes whose checksum a check computes: none, so that the table alone is measured. */
        @Param("0")
        private int payloadLength;

        private FenceWalk walk;
        private int next;

        /** Opens every resource. */
        @Setup
        public void open() {
            walk = new FenceWalk(RandomWalk.cycle(resources), payloadLength);
        }

        /** Gives the memory back. */
        @TearDown
        public void close() {
            walk.close();
        }
    }

    /** The floor. @param floor to read from @return where it leads */
    @Benchmark
    public int floor(final Floor floor) {
        floor.next = floor.memory.read(floor.next);
        return floor.next;
    }

    /** The check. @param fences to check in @return where it leads */
    @Benchmark
    public int check(final Fences fences) {
        fences.next = fences.walk.check(fences.next);
        return fences.next;
    }
}
