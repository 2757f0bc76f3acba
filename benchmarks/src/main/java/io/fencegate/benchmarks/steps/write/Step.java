package io.fencegate.benchmarks.steps.write;

import java.util.List;

/**
 * A step of one write. Immutable.
 *
 * @param thread that takes it: client, or line
 * @param label as reports call it: where it stands in the code, and what for
 * @param type that holds the benchmark
 * @param method of it
 * @param parameter that is set; empty if none is
 * @param value of that
 */
public record Step(String thread, String label, Class<?> type, String method, String parameter, String value) {
    private static final String CLIENT = "client";
    private static final String LINE = "line";

    /** In the order in which a write takes them. */
    static final List<Step> ALL = List.of(
            client("WriterSession.offer and onAccepted, 64 B", "writerSessionOffer"),
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
            law("Sealer.verifies (each open)", "sealVerifies", "", ""));

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

    /** Every step. @return in the order in which a write takes them */
    public static List<Step> all() {
        return ALL;
    }
}
