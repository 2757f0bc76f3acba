package io.fencegate.app.audit;

import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.Shapes;
import io.fencegate.core.grant.Verdict;
import io.fencegate.journal.recovery.RecordView;
import java.time.Instant;
import java.util.List;

/**
 * One record of the journal as the audit shows it.
 *
 * <p>Immutable; any thread.
 *
 * @param position of the record
 * @param generation in which it stands
 * @param timestampNs of its append, since the epoch
 * @param kind what it tells: generationStarted, fenceRaised, writeAccepted, requestRefused
 * @param resource that it is about; empty where there is none
 * @param token of fence, write or refused request; 0 where there is none
 * @param sequence of the write; 0 where there is none
 * @param verdict as a word; empty where there is none
 * @param clientId of fence or refused request; empty where the record does not say it
 * @param fenceToken at the moment of a refusal; 0 where there is none
 * @param length of the payload in bytes; -1 where there is none
 * @param omitted refusals before this one that were not journaled
 */
record AuditRow(
        long position,
        long generation,
        long timestampNs,
        String kind,
        String resource,
        long token,
        long sequence,
        String verdict,
        String clientId,
        long fenceToken,
        int length,
        int omitted) {
    static final List<String> COLUMNS = List.of(
            "position",
            "generation",
            "time",
            "kind",
            "resource",
            "token",
            "sequence",
            "verdict",
            "clientId",
            "fenceToken",
            "length",
            "omitted");

    private static final long NS_PER_SECOND = 1_000_000_000L;

    static AuditRow of(final RecordView record, final String resource) {
        final RecordView.Kind kind = record.kind();
        final boolean hasClient = kind == RecordView.Kind.FENCE_RAISED || kind == RecordView.Kind.REQUEST_REFUSED;
        return new AuditRow(
                record.position(),
                record.generation(),
                record.timestampNs(),
                word(kind),
                resource,
                record.token(),
                record.sequence(),
                verdict(record),
                hasClient ? Shapes.clientId(record.clientId()) : "",
                record.fenceToken(),
                kind == RecordView.Kind.WRITE_ACCEPTED ? record.bytes().capacity() : -1,
                record.omitted());
    }

    /** The values in the order of {@link #COLUMNS}; what is not there is empty. */
    List<String> texts() {
        return List.of(
                Long.toString(position),
                Long.toString(generation),
                time(),
                kind,
                resource,
                token == 0 ? "" : Long.toString(token),
                sequence == 0 ? "" : Long.toString(sequence),
                verdict,
                clientId,
                fenceToken == 0 ? "" : Long.toString(fenceToken),
                length < 0 ? "" : Integer.toString(length),
                omitted == 0 ? "" : Integer.toString(omitted));
    }

    /** What is not there is left out. */
    JsonObject json() {
        final JsonObject json = new JsonObject()
                .put("position", position)
                .put("generation", generation)
                .put("time", time())
                .put("kind", kind);
        if (!resource.isEmpty()) {
            json.put("resource", resource);
        }
        if (token != 0) {
            Shapes.putToken(json, token);
        }
        if (sequence != 0) {
            json.put("sequence", sequence);
        }
        if (!verdict.isEmpty()) {
            json.put("verdict", verdict);
        }
        if (!clientId.isEmpty()) {
            json.put("clientId", clientId);
        }
        if (fenceToken != 0) {
            json.put("fenceToken", fenceToken);
        }
        if (length >= 0) {
            json.put("length", length);
        }
        if (omitted != 0) {
            json.put("omitted", omitted);
        }
        return json;
    }

    private String time() {
        return Instant.ofEpochSecond(timestampNs / NS_PER_SECOND, timestampNs % NS_PER_SECOND)
                .toString();
    }

    private static String verdict(final RecordView record) {
        return switch (record.kind()) {
            case WRITE_ACCEPTED -> Verdict.ACCEPTED.name();
            case REQUEST_REFUSED -> AuditReport.verdict(record.verdictCode());
            default -> "";
        };
    }

    /** GENERATION_STARTED as generationStarted. */
    private static String word(final RecordView.Kind kind) {
        final StringBuilder word = new StringBuilder();
        boolean isUpper = false;
        for (final char c : kind.name().toCharArray()) {
            if (c == '_') {
                isUpper = true;
            } else {
                word.append(isUpper ? c : Character.toLowerCase(c));
                isUpper = false;
            }
        }
        return word.toString();
    }
}
