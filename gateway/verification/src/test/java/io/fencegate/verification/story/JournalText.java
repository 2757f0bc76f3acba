package io.fencegate.verification.story;

import io.fencegate.journal.recovery.RecordHandler;
import io.fencegate.journal.recovery.RecordView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Takes the records of a journal as a story tells them. One thread. */
public final class JournalText implements RecordHandler {
    private final Function<RecordView, String> payloads;
    private final Map<Integer, String> names = new HashMap<>();
    private final List<Journaled> records = new ArrayList<>();

    /** Takes records. @param payloads what was written, by its record */
    public JournalText(final Function<RecordView, String> payloads) {
        this.payloads = payloads;
    }

    /** The bytes of a record as text. @return a name, or a payload */
    public static String textOf(final RecordView record) {
        return record.bytes().getStringWithoutLengthUtf8(0, record.bytes().capacity());
    }

    /** What was taken. @return fences and writes, in order */
    public List<Journaled> records() {
        return records;
    }

    @Override
    public void onRecord(final RecordView record) {
        final boolean isWrite = record.kind() == RecordView.Kind.WRITE_ACCEPTED;
        if (!isWrite && record.kind() != RecordView.Kind.FENCE_RAISED) {
            return;
        }
        if (!isWrite) {
            names.put(record.handle(), textOf(record));
        }
        records.add(new Journaled(
                names.get(record.handle()),
                record.token(),
                isWrite ? 0 : record.clientId(),
                isWrite ? record.sequence() : 0,
                isWrite ? payloads.apply(record) : "",
                record.generation(),
                record.position()));
    }
}
