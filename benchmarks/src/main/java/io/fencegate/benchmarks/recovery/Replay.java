package io.fencegate.benchmarks.recovery;

import io.fencegate.benchmarks.rig.WrongAnswerException;

/**
 * What one reading of a journal found, and how long it took. Immutable.
 *
 * @param records that were read
 * @param crc of the last record: each covers the CRC of the record before, so it stands for all of them
 * @param elapsedNs in nanoseconds
 */
record Replay(long records, int crc, long elapsedNs) {
    /** How fast it was. @return records a second */
    double recordsPerSecond() {
        return records * 1e9 / elapsedNs;
    }

    /** Refuses what is not the journal that was written. */
    Replay checked(final String who, final FilledJournal journal, final int crcExpected) {
        if (records != journal.records() || crc != crcExpected) {
            throw new WrongAnswerException(who + " records=" + records + " written=" + journal.records() + " crc="
                    + Integer.toHexString(crc) + " expected=" + Integer.toHexString(crcExpected));
        }
        return this;
    }
}
