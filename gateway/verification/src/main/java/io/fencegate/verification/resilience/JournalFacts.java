package io.fencegate.verification.resilience;

import io.fencegate.journal.JournalReader;
import io.fencegate.journal.JournalReport;
import io.fencegate.journal.JournalVerifier;
import io.fencegate.journal.recovery.RecordView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a journal says of one resource, read as an auditor reads it: whether its gateway runs or not.
 *
 * <p>Immutable; any thread.
 *
 * @param report of the verification of the whole journal
 * @param writes accepted of the resource, in order
 */
record JournalFacts(JournalReport report, List<Write> writes) {
    private static final int POLL_LIMIT = 1024;

    /** An accepted write. @param token of it @param sequence under its token @param record number that stands in it */
    record Write(long token, long sequence, long record) {}

    /** Reads a journal. @param journal its folder @param resource whose writes are wanted @return what it says */
    static JournalFacts read(final Path journal, final String resource) {
        final List<Write> writes = new ArrayList<>();
        final Map<Integer, String> names = new HashMap<>();
        try (JournalReader reader = JournalReader.open(journal)) {
            int read;
            do {
                read = reader.poll(record -> onRecord(record, resource, names, writes), POLL_LIMIT);
            } while (read > 0);
        }
        return new JournalFacts(JournalVerifier.verify(journal), writes);
    }

    private static void onRecord(
            final RecordView record,
            final String resource,
            final Map<Integer, String> names,
            final List<Write> writes) {
        if (record.kind() == RecordView.Kind.FENCE_RAISED) {
            final byte[] name = new byte[record.bytes().capacity()];
            record.bytes().getBytes(0, name);
            names.put(record.handle(), new String(name, StandardCharsets.UTF_8));
        } else if (record.kind() == RecordView.Kind.WRITE_ACCEPTED && resource.equals(names.get(record.handle()))) {
            writes.add(
                    new Write(record.token(), record.sequence(), record.bytes().getLong(0)));
        }
    }

    /** Numbers of the records under a token. @param token of the writer @return in the journal's order */
    List<Long> records(final long token) {
        return writes.stream()
                .filter(write -> write.token() == token)
                .map(Write::record)
                .toList();
    }
}
