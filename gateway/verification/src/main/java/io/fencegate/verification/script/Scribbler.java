package io.fencegate.verification.script;

import io.fencegate.app.cli.Failures;
import io.fencegate.app.cli.Shapes;
import io.fencegate.app.process.Facts;
import io.fencegate.client.FencedWriter;
import io.fencegate.client.WriteListener;
import io.fencegate.client.session.writer.Opened;
import io.fencegate.client.session.writer.StopReason;
import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Offers a numbered record every few milliseconds without waiting, and reports what it is told of each. A record that was
 * refused is not offered again: the next one has the next number, so a number stands at most once in the journal.
 *
 * <p>The main thread.
 */
final class Scribbler implements WriteListener {
    private static final int TELL_LIMIT = 256;
    private static final int PAYLOAD_LENGTH = 64;

    /** A record that was offered and of which nothing was told yet. */
    private record Offered(long sequence, long record) {}

    private final Holding holding;
    private final Deque<Offered> untold = new ArrayDeque<>();
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[PAYLOAD_LENGTH]);
    private final PayloadCrc crc = new PayloadCrc();
    private FencedWriter writer;
    private long intervalNs;
    private long dueNs;
    private long recordLast;
    private long codeTold;

    Scribbler(final Holding holding) {
        this.holding = holding;
    }

    /** Writes through this writer from now on. @param opening that takes offers once it is open */
    void use(final FencedWriter opening) {
        writer = opening;
        intervalNs = 0;
    }

    /** Offers a record in this interval from now on. @param everyNs in nanoseconds; 0: none */
    void every(final long everyNs) {
        intervalNs = everyNs;
        dueNs = System.nanoTime();
    }

    /** Offers what is due and hears what there is to be told. @return work done */
    int doWork() {
        if (writer == null) {
            return 0;
        }
        int work = writer.poll(this, TELL_LIMIT);
        if (intervalNs != 0 && System.nanoTime() - dueNs >= 0) {
            dueNs = System.nanoTime() + intervalNs;
            work += offer();
        }
        return work;
    }

    private int offer() {
        payload.putLong(0, recordLast + 1);
        // Its time is before the write can be anywhere else.
        final Facts offered = at("offered");
        final long sequence = writer.offer(payload, 0, PAYLOAD_LENGTH);
        if (sequence > 0) {
            codeTold = 0;
            recordLast++;
            untold.add(new Offered(sequence, recordLast));
            tell(offered.with("sequence", sequence)
                    .with("record", recordLast)
                    .with("token", writer.grant().token())
                    .with("crc", crc.compute(payload, 0, PAYLOAD_LENGTH)));
            return 1;
        }
        if (sequence != codeTold) {
            codeTold = sequence;
            tell(at("notTaken").with("code", nameOf(sequence)).with("state", writer.state()));
        }
        return 0;
    }

    private static String nameOf(final long code) {
        if (code == FencedWriter.BACK_PRESSURED) {
            return "BACK_PRESSURED";
        }
        if (code == FencedWriter.WINDOW_FULL) {
            return "WINDOW_FULL";
        }
        return code == FencedWriter.NOT_OPEN ? "NOT_OPEN" : Long.toString(code);
    }

    @Override
    public void onAccepted(final long sequence, final Verdict verdict, final long generation, final long position) {
        tell(told("accepted", sequence)
                .with("verdict", verdict)
                .with("generation", generation)
                .with("position", position));
    }

    @Override
    public void onRefused(
            final long sequence,
            final Verdict verdict,
            final long fenceToken,
            final long fenceClientId,
            final long sequenceExpected) {
        tell(told("refused", sequence)
                .with("verdict", verdict)
                .with("fenceToken", fenceToken)
                .with("fenceClientId", Shapes.clientId(fenceClientId)));
    }

    @Override
    public void onInDoubt(final long sequence, final Verdict verdict, final long fenceToken, final long fenceClientId) {
        tell(told("inDoubt", sequence)
                .with("verdict", verdict)
                .with("fenceToken", fenceToken)
                .with("fenceClientId", Shapes.clientId(fenceClientId)));
    }

    @Override
    public void onTimedOut(final long sequence) {
        tell(told("timedOut", sequence));
    }

    @Override
    public void onOpened(final Opened opened) {
        tell(opened("opened", opened));
    }

    @Override
    public void onConnectionLost(final String reason) {
        tell(at("connectionLost").with("reason", reason));
    }

    @Override
    public void onResumed(final Opened opened) {
        tell(opened("resumed", opened));
    }

    @Override
    public void onStopped(final StopReason reason) {
        tell(at("stopped").with("reason", reason).with("cause", Failures.describe(writer.stopCause())));
    }

    private Facts opened(final String word, final Opened opened) {
        return at(word).with("token", opened.token())
                .with("sequenceLast", opened.sequenceLast())
                .with("runningCrc", opened.runningCrc())
                .with("lastGeneration", opened.lastGeneration())
                .with("lastPosition", opened.lastPosition());
    }

    /** The record of a sequence that is told: it has to be the oldest one of which nothing was told yet. */
    private Facts told(final String word, final long sequence) {
        final Offered oldest = untold.poll();
        if (oldest == null || oldest.sequence() != sequence) {
            tell(at("disorder").with("sequence", sequence).with("expected", oldest));
        }
        return at(word).with("sequence", sequence).with("record", oldest == null ? 0 : oldest.record());
    }

    private Facts at(final String word) {
        return holding.at(word);
    }

    private void tell(final Facts report) {
        holding.tell(report);
    }
}
