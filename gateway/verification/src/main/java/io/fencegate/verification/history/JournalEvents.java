package io.fencegate.verification.history;

import io.fencegate.journal.JournalReader;
import io.fencegate.journal.recovery.RecordView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Adds to a history what a journal holds when all is over, read as an auditor reads it: whether its gateway runs or not.
 *
 * <p>One thread.
 */
public final class JournalEvents {
    private static final int POLL_LIMIT = 1024;

    private final Map<Integer, String> names = new HashMap<>();
    private final History history;
    private final String gateway;
    private final long atNs;
    private final Predicate<String> wanted;

    private JournalEvents(
            final History history, final String gateway, final long atNs, final Predicate<String> wanted) {
        this.history = history;
        this.gateway = gateway;
        this.atNs = atNs;
        this.wanted = wanted;
    }

    /**
     * Reads a journal to its end.
     *
     * @param history that is added to
     * @param journal its folder
     * @param gateway the actor of the events
     * @param atNs their time, not before the last event of the history
     * @param wanted tells which resources are of interest
     */
    public static void add(
            final History history,
            final Path journal,
            final String gateway,
            final long atNs,
            final Predicate<String> wanted) {
        final JournalEvents events = new JournalEvents(history, gateway, atNs, wanted);
        history.add(events.at(EventKind.JOURNAL_READ));
        try (JournalReader reader = JournalReader.open(journal)) {
            int read;
            do {
                read = reader.poll(events::onRecord, POLL_LIMIT);
            } while (read > 0);
        }
    }

    private void onRecord(final RecordView record) {
        if (record.kind() == RecordView.Kind.FENCE_RAISED) {
            final byte[] name = new byte[record.bytes().capacity()];
            record.bytes().getBytes(0, name);
            names.put(record.handle(), new String(name, StandardCharsets.UTF_8));
            add(record, at(EventKind.JOURNALED_FENCE).clientId(record.clientId()));
        } else if (record.kind() == RecordView.Kind.WRITE_ACCEPTED) {
            add(
                    record,
                    at(EventKind.JOURNALED_WRITE).sequence(record.sequence()).crc(record.payloadCrc()));
        }
    }

    private void add(final RecordView record, final EventBuilder event) {
        final String resource = names.get(record.handle());
        if (resource == null) {
            throw new IllegalStateException("a write stands before its fence: position=" + record.position());
        }
        if (wanted.test(resource)) {
            history.add(event.resource(resource).token(record.token()).record(record.generation(), record.position()));
        }
    }

    private EventBuilder at(final EventKind kind) {
        return Event.at(atNs, gateway, kind);
    }
}
