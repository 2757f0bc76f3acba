package io.fencegate.benchmarks.steps.write;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.benchmarks.steps.FenceWalk;
import io.fencegate.benchmarks.steps.RandomWalk;
import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.Sealer;
import io.fencegate.core.grant.Token;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The law's own steps: they touch memory and nothing else; a batch of each. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LawSteps {
    private static final int OFFSETS = 8;

    /** The fence table, and where a random walk through it stands. */
    @State(Scope.Thread)
    public static class Fences {
        /** Resources in the table. */
        @Param({"1000", "1000000", "10000000"})
        private int resources;

        private FenceWalk walk;
        private int next;

        /** Opens every resource. */
        @Setup
        public void open() {
            walk = new FenceWalk(RandomWalk.cycle(resources));
        }

        /** Gives the memory back. */
        @TearDown
        public void close() {
            walk.close();
        }
    }

    /** A payload outside the heap, as it stands in a term buffer. */
    @State(Scope.Thread)
    public static class Payload {
        /** Bytes of the payload. */
        @Param({"64", "1024", "8192"})
        private int payloadLength;

        private final PayloadCrc crc = new PayloadCrc();
        private UnsafeBuffer payload;

        /** Takes the memory. */
        @Setup
        public void open() {
            payload = new UnsafeBuffer(
                    BufferUtil.allocateDirectAligned(payloadLength + OFFSETS * Long.BYTES, Long.BYTES));
            for (int i = 0; i < payload.capacity(); i++) {
                payload.putByte(i, (byte) i);
            }
        }
    }

    /** A grant and its seal. */
    @State(Scope.Thread)
    public static class Grants {
        private static final String KEY = "000102030405060708090a0b0c0d0e0f";
        private static final int NAME_LENGTH = 24;
        private static final long CLIENT_ID = 7;

        private final UnsafeBuffer name = new UnsafeBuffer(new byte[NAME_LENGTH]);
        private final Sealer sealer = Sealer.of(SealKey.parse(KEY));
        private final long token = Token.of(1, 1);
        private long seal;

        /** Seals it. */
        @Setup
        public void open() {
            name.putStringWithoutLengthAscii(0, "resource-000000000000001");
            seal = sealer.seal(token, CLIENT_ID, name, 0, NAME_LENGTH);
        }
    }

    /**
     * Fence check of a write without payload, each known only when the one before is done.
     *
     * @param fences to check in
     * @return where it leads
     */
    @Benchmark
    public int tableCheckWrite(final Fences fences) {
        fences.next = fences.walk.walk(fences.next, Step.BATCH);
        return fences.next;
    }

    /**
     * Checksum of a payload, which begins at several places in turn, so that none is that of the one before; a part of
     * {@code checkWrite}.
     *
     * @param payload to be checked
     * @return of all their CRCs together
     */
    @Benchmark
    public int payloadCrc(final Payload payload) {
        int crc = 0;
        for (int i = 0; i < Step.BATCH; i++) {
            crc ^= payload.crc.compute(payload.payload, (i & OFFSETS - 1) * Long.BYTES, payload.payloadLength);
        }
        return crc;
    }

    /**
     * Verification of a seal; for each open, not for each write.
     *
     * @param grants to be verified
     * @return true
     */
    @Benchmark
    public boolean sealVerifies(final Grants grants) {
        for (int i = 0; i < Step.BATCH; i++) {
            if (!grants.sealer.verifies(
                    grants.seal, grants.token, Grants.CLIENT_ID, grants.name, 0, Grants.NAME_LENGTH)) {
                throw new WrongAnswerException("the seal does not verify: token=" + grants.token);
            }
        }
        return true;
    }
}
