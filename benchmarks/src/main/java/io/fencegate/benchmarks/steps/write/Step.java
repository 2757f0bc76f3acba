package io.fencegate.benchmarks.steps.write;

import java.util.List;

/**
 * A step of one write. Immutable.
 *
 * @param thread that takes it: client, line, or both
 * @param label as reports call it: where it stands in the code, and what for
 * @param type that holds the benchmark
 * @param method of it
 * @param parameter that is set; empty if none is
 * @param value of that
 */
public record Step(String thread, String label, Class<?> type, String method, String parameter, String value) {
    /** How often a benchmark takes its step at a time: short against the time that a system gives to a thread. */
    static final int BATCH = 128;

    private static final String CLIENT = "client";
    private static final String LINE = "line";

    /** In the order in which a write takes them. */
    static final List<Step> ALL = List.of(
            client("FencedWriter.offer, 64 B", "fencedWriterOffer"),
            client("of which WriterSession.offer (and onAccepted)", "writerSessionOffer"),
            client("of which RequestPublisher.write", "requestPublisherWrite"),
            line("RequestAdapter.onMessage (decode)", "requestAdapterOnMessage"),
            table("1,000", "1000"),
            table("1,000,000", "1000000"),
            table("10,000,000", "10000000"),
            crc("64 B", "64"),
            crc("1 KiB", "1024"),
            crc("8 KiB", "8192"),
            line("JournalAppender.appendAccepted, 64 B", "journalAppendAccepted"),
            line("FenceTable.accepted", "tableAccepted"),
            line("AnswerQueue.reserve, add, release", "answerQueue"),
            line("AnswerPublisher.onAnswer (encode, offer)", "answerPublisherOnAnswer"),
            line("whole write, 64 B, 1 resource", "wholeWrite"),
            client("FencedWriter.poll (AnswerAdapter, onAccepted, listener)", "fencedWriterPoll"),
            new Step("both", "round trip in one thread, 64 B", ClientSteps.class, "roundTripInOneThread", "", ""),
            law("Sealer.verifies (each open)", "sealVerifies", "", ""));

    /** Those that lead through journal or session. */
    private static final List<String> LONG_PATHS = List.of(
            "fencedWriterOffer",
            "writerSessionOffer",
            "journalAppendAccepted",
            "wholeWrite",
            "fencedWriterPoll",
            "roundTripInOneThread");

    private static final int LONG_WARMUP = 5;

    private static Step client(final String label, final String method) {
        return new Step(CLIENT, label, ClientSteps.class, method, "", "");
    }

    private static Step line(final String label, final String method) {
        return new Step(LINE, label, LineSteps.class, method, "", "");
    }

    private static Step law(final String label, final String method, final String parameter, final String value) {
        return new Step(LINE, label, LawSteps.class, method, parameter, value);
    }

    private static Step table(final String resources, final String value) {
        return law("FenceTable.checkWrite, " + resources + " resources, random", "tableCheckWrite", "resources", value);
    }

    private static Step crc(final String length, final String value) {
        return law("PayloadCrc.compute, " + length, "payloadCrc", "payloadLength", value);
    }

    /** How many times as many iterations it needs to warm up: a long path through the code is compiled later. */
    int warmupFactor() {
        return LONG_PATHS.contains(method) ? LONG_WARMUP : 1;
    }

    /** Every step. @return in the order in which a write takes them */
    public static List<Step> all() {
        return ALL;
    }
}
