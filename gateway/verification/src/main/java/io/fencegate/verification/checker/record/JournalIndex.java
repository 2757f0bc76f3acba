package io.fencegate.verification.checker.record;

import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The writes that the journal holds when all is over, found by where they stand and by what they are.
 *
 * <p>One thread.
 */
final class JournalIndex {
    private record Place(String resource, long generation, long position) {}

    private record Write(String resource, long token, long sequence) {}

    private record Stream(String resource, long token) {}

    private final Map<Place, Event> byPlace = new HashMap<>();
    private final Map<Write, Event> byWrite = new HashMap<>();
    private final Map<Stream, Integer> runningCrcs = new HashMap<>();
    private final Map<Event, Integer> runningCrcAt = new IdentityHashMap<>();

    /** A record was found in the journal. @param event of any kind */
    void add(final Event event) {
        if (event.kind() == EventKind.JOURNALED_WRITE) {
            byPlace.put(new Place(event.resource(), event.generation(), event.position()), event);
            byWrite.put(new Write(event.resource(), event.token(), event.sequence()), event);
            final Stream stream = new Stream(event.resource(), event.token());
            final int crc = PayloadCrc.fold(runningCrcs.getOrDefault(stream, 0), event.crc());
            runningCrcs.put(stream, crc);
            runningCrcAt.put(event, crc);
        }
    }

    /** The record at a place. @return null if there is none of this resource */
    Event at(final String resource, final long generation, final long position) {
        return byPlace.get(new Place(resource, generation, position));
    }

    /** The record of a write. @return null if there is none */
    Event of(final String resource, final long token, final long sequence) {
        return byWrite.get(new Write(resource, token, sequence));
    }

    /** The running CRC of a token's records up to this one. @param record of the journal @return the CRC */
    int runningCrc(final Event record) {
        return runningCrcAt.get(record);
    }
}
