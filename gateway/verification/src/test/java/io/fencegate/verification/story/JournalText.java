package io.fencegate.verification.story;

import io.fencegate.journal.recovery.RecordHandler;
import io.fencegate.journal.recovery.RecordView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes the records of a journal as a story tells them. One thread. */
final class JournalText implements RecordHandler {
    private final Map<Integer, String> names = new HashMap<>();
    private final List<Journaled> records = new ArrayList<>();

    List<Journaled> records() {
        return records;
    }

    @Override
    public void onRecord(final RecordView record) {
        final boolean isWrite = record.kind() == RecordView.Kind.WRITE_ACCEPTED;
        if (!isWrite && record.kind() != RecordView.Kind.FENCE_RAISED) {
            return;
        }
        final String text =
                record.bytes().getStringWithoutLengthUtf8(0, record.bytes().capacity());
        if (!isWrite) {
            names.put(record.handle(), text);
        }
        records.add(new Journaled(
                names.get(record.handle()),
                record.token(),
                isWrite ? 0 : record.clientId(),
                isWrite ? record.sequence() : 0,
                isWrite ? text : "",
                record.generation(),
                record.position()));
    }
}
