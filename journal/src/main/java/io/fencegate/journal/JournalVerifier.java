package io.fencegate.journal;

import io.fencegate.journal.recovery.Cut;
import io.fencegate.journal.recovery.FenceLedger;
import io.fencegate.journal.recovery.FenceMerge;
import io.fencegate.journal.recovery.JournalCorruptException;
import io.fencegate.journal.recovery.JournalForeignException;
import io.fencegate.journal.recovery.RecordView;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.checksum.Crc32c;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies a journal: checksums, chain, positions, S3 (per resource, tokens in journal order never fall), S4 (per
 * resource and token, accepted sequences are 1, 2, 3 …), every payload's own CRC, and that fence log and journal agree.
 *
 * <p>Read-only: takes no lock and changes nothing. One thread per verification.
 */
public final class JournalVerifier {
    private static final Logger LOGGER = LoggerFactory.getLogger(JournalVerifier.class);
    private static final int POLL_LIMIT = 1024;

    private final SortedMap<Integer, Long> refusalsByVerdict = new TreeMap<>();
    private final FenceLedger ledger = new FenceLedger();
    private final JournalReader reader;
    private long fencesRaised;
    private long writesAccepted;
    private long refusalsOmitted;

    private JournalVerifier(final JournalReader reader) {
        this.reader = reader;
    }

    /**
     * Reads the whole journal.
     *
     * @param directory of the journal, whether its gateway runs or not
     * @return what was found, with the first violation if there is one
     * @throws JournalForeignException if this is no journal, or a newer one
     */
    public static JournalReport verify(final Path directory) {
        try (JournalReader reader = JournalReader.open(directory)) {
            return new JournalVerifier(reader).run();
        } catch (final JournalCorruptException e) {
            return new JournalReport(0, 0, 0, 0, 0, 0, 0, new TreeMap<>(), 0, e);
        }
    }

    private JournalReport run() {
        JournalCorruptException violation = null;
        try {
            int polled;
            do {
                polled = reader.poll(this::onRecord, POLL_LIMIT);
            } while (polled > 0);
            FenceMerge.of(reader.fenceLog(), ledger, reader.generationHighest());
            violation = cutOf(reader);
        } catch (final JournalCorruptException e) {
            violation = e;
        }
        return new JournalReport(
                reader.journalId(),
                reader.generations(),
                reader.position(),
                reader.syncedPosition(),
                ledger.size(),
                fencesRaised,
                writesAccepted,
                refusalsByVerdict,
                refusalsOmitted,
                violation);
    }

    private static JournalCorruptException cutOf(final JournalReader reader) {
        final Cut cut = reader.cut();
        return cut == null
                ? null
                : new JournalCorruptException(
                        cut.file(),
                        cut.position(),
                        cut.reason() + "; above syncedPosition=" + reader.syncedPosition()
                                + ", the next start of the gateway cuts it");
    }

    private void onRecord(final RecordView record) {
        final String wrong = ledger.apply(record);
        if (wrong != null) {
            throw new JournalCorruptException(reader.file(), record.position(), wrong);
        }
        switch (record.kind()) {
            case FENCE_RAISED -> fencesRaised++;
            case WRITE_ACCEPTED -> onAccepted(record);
            case REQUEST_REFUSED -> {
                refusalsByVerdict.merge(record.verdictCode(), 1L, Long::sum);
                refusalsOmitted += record.omitted();
            }
            case GENERATION_STARTED ->
                LOGGER.debug("generation starts: generation={} position={}", record.generation(), record.position());
            default -> throw new IllegalStateException("not a verified record: kind=" + record.kind());
        }
    }

    private void onAccepted(final RecordView record) {
        final DirectBuffer payload = record.bytes();
        final int crc = Crc32c.INSTANCE.compute(payload.addressOffset(), 0, payload.capacity());
        if (crc != record.payloadCrc()) {
            throw new JournalCorruptException(
                    reader.file(),
                    record.position(),
                    "S5 is broken, the payload is not what was sent: payloadCrc="
                            + Integer.toHexString(record.payloadCrc()) + " computed=" + Integer.toHexString(crc));
        }
        writesAccepted++;
    }
}
