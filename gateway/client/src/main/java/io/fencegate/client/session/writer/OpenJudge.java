package io.fencegate.client.session.writer;

import io.fencegate.core.grant.PayloadCrc;

/**
 * Holds what an OPENED tells to what was told before: what is acknowledged must be there, and nothing that this writer
 * did not send.
 *
 * <p>Does not allocate. One thread.
 */
final class OpenJudge {
    private long sequenceAcknowledged;
    private int crcAcknowledged;

    /** A write was acknowledged. */
    void onAccepted(final long sequence, final int payloadCrc) {
        sequenceAcknowledged = sequence;
        crcAcknowledged = PayloadCrc.fold(crcAcknowledged, payloadCrc);
    }

    /** What was found is what is acknowledged from now on. */
    void onSettled(final long sequenceLast, final int runningCrc) {
        sequenceAcknowledged = sequenceLast;
        crcAcknowledged = runningCrc;
    }

    /**
     * Judges an open.
     *
     * @param before what the last one told; null if this is the first
     * @param found what this one told
     * @param window with the writes that may have been accepted meanwhile
     * @return whether the writer may go on
     */
    OpenJudgement judge(final Opened before, final Opened found, final WriteWindow window) {
        if (before == null) {
            return OpenJudgement.CONSISTENT;
        }
        if (found.sequenceLast() < sequenceAcknowledged || isOlder(found, before)) {
            return OpenJudgement.ACKNOWLEDGED_LOST;
        }
        int crc = crcAcknowledged;
        long sequence = sequenceAcknowledged;
        for (int i = 0; i < window.doubtful() && sequence < found.sequenceLast(); i++) {
            crc = PayloadCrc.fold(crc, window.doubtfulCrc(i));
            sequence = window.doubtfulSequence(i);
        }
        final boolean isOurs = sequence == found.sequenceLast() && crc == found.runningCrc();
        return isOurs ? OpenJudgement.CONSISTENT : OpenJudgement.FOREIGN;
    }

    private static boolean isOlder(final Opened found, final Opened before) {
        return found.lastToken() < before.lastToken()
                || found.lastToken() == before.lastToken() && found.lastSequence() < before.lastSequence();
    }

    long sequenceAcknowledged() {
        return sequenceAcknowledged;
    }
}
