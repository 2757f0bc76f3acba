package io.fencegate.verification.simulator.sequencer;

import io.fencegate.codecs.wire.FloorRaisedDecoder;
import io.fencegate.codecs.wire.GrantedDecoder;
import io.fencegate.codecs.wire.LeaseEventDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.codecs.wire.RaiseFloorDecoder;
import io.fencegate.codecs.wire.RevokedDecoder;
import io.fencegate.codecs.wire.WatchEncoder;
import io.fencegate.codecs.wire.WatchingDecoder;
import io.fencegate.core.grant.LeaseEventKind;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.History;
import io.fencegate.verification.simulator.world.Agenda;
import io.fencegate.verification.simulator.world.FaultKind;
import io.fencegate.verification.simulator.world.FaultTally;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes down every grant that the sequencer decides, whether its holder ever learns of it or not: a client without an
 * address that watches everything, from the first entry of every term, and reads all answers along. What that first entry
 * itself brings about (leases that are over end, and waiters get them) happens before it watches: of leases from before it is
 * only seen that they are somebody else's, until they are renewed.
 *
 * <p>One thread.
 */
final class Auditor {
    private static final String UNSEEN = "UNSEEN";
    /** Its session at the sequencer. */
    static final long SESSION = Long.MAX_VALUE;

    private static final long CLIENT = 0x4155_4449_544F_5221L;

    private final Route route = new Route(null, 0);
    private final byte[] watch;
    private final History history;
    private final Agenda agenda;
    private final FaultTally tally;
    private final Set<String> issued = new HashSet<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final GrantedDecoder granted = new GrantedDecoder();
    private final RevokedDecoder revoked = new RevokedDecoder();
    private final LeaseEventDecoder event = new LeaseEventDecoder();
    private final WatchingDecoder watching = new WatchingDecoder();
    private final Map<String, Event> leases = new HashMap<>();
    private final Set<Event> doubted = new HashSet<>();
    private final FloorRaisedDecoder floorRaised = new FloorRaisedDecoder();
    private final RaiseFloorDecoder raiseFloor = new RaiseFloorDecoder();
    private final TreeMap<Integer, Long> floors = new TreeMap<>();
    private final LeaseTimes times = new LeaseTimes();
    private int audited;

    Auditor(final History history, final Agenda agenda, final FaultTally tally) {
        this.tally = tally;
        this.history = history;
        this.agenda = agenda;
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
        final int length = new WatchEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .clientId(CLIENT)
                .requestId(1)
                .prefix("")
                .encodedLength();
        watch = new byte[MessageHeaderEncoder.ENCODED_LENGTH + length];
        buffer.getBytes(0, watch);
    }

    /** A term begins: watches anew, before anybody else speaks. */
    void begin(final List<LogEntry> log, final long term, final long timestamp) {
        log.add(new LogEntry(LogEntry.Kind.OPEN, term, timestamp, SESSION, null, route));
        log.add(new LogEntry(LogEntry.Kind.MESSAGE, term, timestamp, SESSION, watch, null));
    }

    /** The first commands are done from now on: watches before anybody else speaks. */
    void onFounded(final List<LogEntry> log, final LogEntry founding) {
        log.add(new LogEntry(LogEntry.Kind.MESSAGE, founding.term(), founding.timestamp(), SESSION, watch, null));
    }

    void onNewLife() {
        audited = 0;
        issued.clear();
        floors.clear();
        leases.clear();
        doubted.clear();
        times.forgetBehind(0);
    }

    /** Behind this many entries, other ones will stand. Returns whether the floor was raised by one of those. */
    boolean forgetBehind(final int kept) {
        final SortedMap<Integer, Long> lost = floors.tailMap(kept, false);
        final boolean isFloorLost = !lost.isEmpty();
        lost.clear();
        audited = Math.min(audited, kept);
        times.forgetBehind(kept);
        return isFloorLost;
    }

    void onApplied(final int position, final LogEntry entry) {
        if (position > audited && entry.kind() == LogEntry.Kind.TERM) {
            doubted.addAll(leases.values());
        }
        audited = Math.max(audited, position);
    }

    /** The service says something while it applies the entry at this position, maybe for the first time. */
    void onEgress(final int position, final LogEntry entry, final byte[] message) {
        if (position <= audited) {
            return;
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(message);
        header.wrap(buffer, 0);
        switch (header.templateId()) {
            case GrantedDecoder.TEMPLATE_ID -> {
                granted.wrapAndApplyHeader(buffer, 0, header);
                issued(granted.token(), granted.clientId(), granted.resource(), "");
            }
            case RevokedDecoder.TEMPLATE_ID -> {
                revoked.wrapAndApplyHeader(buffer, 0, header);
                issued(revoked.token(), revoked.clientId(), revoked.resource(), LeaseVerdict.REVOKED.name());
            }
            case FloorRaisedDecoder.TEMPLATE_ID -> {
                floorRaised.wrapAndApplyHeader(buffer, 0, header);
                raised(position, floorRaised.termOffset(), new UnsafeBuffer(entry.message()));
            }
            case LeaseEventDecoder.TEMPLATE_ID -> {
                event.wrapAndApplyHeader(buffer, 0, header);
                onLeaseEvent(event.token(), event.holder(), event.kind(), event.resource(), event.remainingMs());
            }
            case WatchingDecoder.TEMPLATE_ID -> {
                watching.wrapAndApplyHeader(buffer, 0, header);
                if (watching.clientId() == CLIENT) {
                    times.onWatching();
                }
            }
            default -> {
                // Says nothing of a grant.
            }
        }
    }

    /** Said again, it is nothing new. */
    private void raised(final int position, final long termOffset, final UnsafeBuffer command) {
        if (!floors.isEmpty() && floors.lastEntry().getValue() >= termOffset) {
            return;
        }
        floors.put(position, termOffset);
        tally.count(FaultKind.FLOOR_RAISED);
        raiseFloor.wrapAndApplyHeader(command, 0, header);
        history.add(
                Event.at(agenda.nowNs(), "sequencer", EventKind.FLOOR_RAISED).token(raiseFloor.token()));
    }

    private void onLeaseEvent(
            final long token, final long holder, final int code, final String resource, final long remainingMs) {
        final LeaseEventKind kind = LeaseEventKind.ofCode(code);
        // Whatever happens to a lease, it was granted before, seen or not.
        issued(token, holder, resource, "");
        switch (kind) {
            case GRANTED, RENEWED -> times.onRuns(resource, token, remainingMs);
            default -> times.onEnded(resource, token, kind == LeaseEventKind.EXPIRED);
        }
        switch (kind) {
            case RELEASED, EXPIRED, REVOKED -> ended(token, holder, resource, kind.name());
            case GRANTED -> {
                // That is all.
            }
            case RENEWED -> doubted.removeIf(lease -> lease.token() == token);
            default -> throw new IllegalStateException("kind=" + kind);
        }
    }

    /** What is reckoned of the time that leases last. */
    LeaseTimes times() {
        return times;
    }

    private void issued(final long token, final long clientId, final String resource, final String word) {
        if (!issued.add(token + " " + clientId + " " + resource)) {
            return;
        }
        final Event before = leases.get(resource);
        if (before != null && doubted.contains(before) && word.isEmpty()) {
            ended(before.token(), before.clientId(), resource, UNSEEN);
        }
        final Event grant = Event.at(agenda.nowNs(), "sequencer", EventKind.ISSUED)
                .resource(resource)
                .clientId(clientId)
                .token(token)
                .word(word)
                .build();
        history.add(grant);
        if (word.isEmpty()) {
            leases.put(resource, grant);
        }
    }

    private void ended(final long token, final long holder, final String resource, final String word) {
        final Event lease = leases.remove(resource);
        if (lease != null && lease.token() != token) {
            // Of the one before, neither its end was seen nor that somebody else got it.
            write(lease.token(), lease.clientId(), resource, UNSEEN);
        }
        doubted.remove(lease);
        write(token, holder, resource, word);
    }

    private void write(final long token, final long holder, final String resource, final String word) {
        history.add(Event.at(agenda.nowNs(), "sequencer", EventKind.LEASE_ENDED)
                .resource(resource)
                .clientId(holder)
                .token(token)
                .word(word));
    }
}
