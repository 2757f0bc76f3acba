package io.fencegate.core.lease.watch;

import io.fencegate.core.access.Principal;
import io.fencegate.core.grant.LeaseEventKind;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.order.Chain;
import io.fencegate.core.lease.order.NameOrder;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * Who watches what, and how many lease events there were. A watch is known by its clientId and requestId; events are
 * counted whether somebody watches or not, so that a watcher can tell what it was told before from what is new.
 *
 * <p>An event is shown to each watch in turn, so that its cost is bounded by the number of watches. One thread.
 */
public final class WatchTable {
    private final int watchesMax;
    private final int watchesPerSessionMax;
    private final LeaseEvents events;
    private final Chain<Watch> watches = new Chain<>();
    private final LeaseEvent event = new LeaseEvent();
    private long numberLast;
    private long revision;
    private long told;

    /**
     * A table without watches.
     *
     * @param watchesMax that may stand at once
     * @param watchesPerSessionMax that may stand in one session
     * @param events where they are told of
     */
    public WatchTable(final int watchesMax, final int watchesPerSessionMax, final LeaseEvents events) {
        this.watchesMax = watchesMax;
        this.watchesPerSessionMax = watchesPerSessionMax;
        this.events = events;
    }

    /**
     * Asks for a watch. The same request again is the same watch, moved to the session in which it came, if that is not
     * older than the one it is bound to.
     *
     * @param command with a prefix for a name
     * @param sessionId in which it came; sessions are numbered as they open
     * @return null if the watch stands; else NOT_ALLOWED (it is another principal's), REQUEST_MISMATCH, REQUEST_TOO_OLD or
     *     TOO_MANY_WATCHES
     */
    public LeaseVerdict watch(final LeaseCommand command, final long sessionId) {
        final Watch known = find(command.clientId(), command.requestId());
        if (known != null && !known.principal().equals(command.principal())) {
            return LeaseVerdict.NOT_ALLOWED;
        }
        if (known != null && !NameOrder.isSame(known.prefix(), command)) {
            return LeaseVerdict.REQUEST_MISMATCH;
        }
        if (known != null && sessionId < known.sessionId()) {
            return LeaseVerdict.REQUEST_TOO_OLD;
        }
        if (!hasRoom(known, sessionId)) {
            return LeaseVerdict.TOO_MANY_WATCHES;
        }
        final Watch watch = known == null ? add(++numberLast, command, sessionId) : known;
        watch.sessionId(sessionId);
        events.onWatching(watch, revision);
        return null;
    }

    /**
     * Ends a watch, if it stands.
     *
     * @param clientId of the watch
     * @param requestId of the watch
     * @param asking who asks
     * @return false if it stands on: it is another principal's
     */
    public boolean unwatch(final long clientId, final long requestId, final Principal asking) {
        final Watch watch = find(clientId, requestId);
        if (watch != null && !watch.principal().equals(asking)) {
            return false;
        }
        if (watch != null) {
            end(watch);
        }
        return true;
    }

    /**
     * Ends all watches of a session.
     *
     * @param sessionId of the session, which closed
     */
    public void endSession(final long sessionId) {
        Watch watch = watches.first();
        while (watch != null) {
            final Watch next = watch.next();
            if (watch.sessionId() == sessionId) {
                end(watch);
            }
            watch = next;
        }
    }

    /**
     * Something happened to a lease: counts it, and tells it to those who watch it.
     *
     * @param kind what happened
     * @param holder of the lease
     * @param token of the lease
     * @param remainingMs what is left of it
     * @param name of the resource
     */
    public void tell(
            final LeaseEventKind kind,
            final long holder,
            final long token,
            final long remainingMs,
            final DirectBuffer name) {
        revision++;
        if (watches.size() == 0) {
            return;
        }
        event.at(revision).what(kind, name).whose(holder, token, remainingMs);
        for (Watch watch = watches.first(); watch != null; watch = watch.next()) {
            if (NameOrder.startsWith(name, watch.prefix())) {
                events.onEvent(watch, event);
                told++;
            }
        }
    }

    /**
     * Shows every watch, in the order in which they were asked for first.
     *
     * @param visitor that is shown them
     */
    public void forEach(final Consumer<Watch> visitor) {
        for (Watch watch = watches.first(); watch != null; watch = watch.next()) {
            visitor.accept(watch);
        }
    }

    /**
     * Finds a watch.
     *
     * @param clientId of the watch
     * @param requestId of the watch
     * @return the watch, or null if there is none
     */
    public Watch find(final long clientId, final long requestId) {
        for (Watch watch = watches.first(); watch != null; watch = watch.next()) {
            if (watch.requestId() == requestId && watch.clientId() == clientId) {
                return watch;
            }
        }
        return null;
    }

    /** How many watches stand. @return their count */
    public int size() {
        return watches.size();
    }

    /** How often a watch was told of an event since this table was made: a measure of work. @return the count, rising */
    public long told() {
        return told;
    }

    /** How many lease events there were. @return their count, rising */
    public long revision() {
        return revision;
    }

    /** Number of the watch that was asked for last. @return 0 if there was none */
    public long numberLast() {
        return numberLast;
    }

    /**
     * Takes over the counts of a snapshot.
     *
     * @param snapshotRevision of the snapshot
     * @param snapshotNumberLast of the snapshot
     * @throws IllegalStateException if there are watches, or the values are no counts
     */
    public void restore(final long snapshotRevision, final long snapshotNumberLast) {
        if (snapshotRevision < 0 || snapshotNumberLast < 0 || watches.size() > 0) {
            throw new IllegalStateException("no counts of a watch table: revision=" + snapshotRevision + " numberLast="
                    + snapshotNumberLast + " watches=" + watches.size());
        }
        revision = snapshotRevision;
        numberLast = snapshotNumberLast;
    }

    /**
     * Takes over a watch of a snapshot, behind those taken over before.
     *
     * @param number of the watch
     * @param command clientId and requestId of the watch, and its prefix for a name
     * @param sessionId to which it is bound
     * @throws IllegalStateException if it can not stand behind the others
     */
    public void restore(final long number, final LeaseCommand command, final long sessionId) {
        if (find(command.clientId(), command.requestId()) != null) {
            throw new IllegalStateException("watch told twice: " + command.requestId());
        }
        final long[] before = new long[1];
        forEach(watch -> before[0] = watch.number());
        if (number <= before[0] || number > numberLast) {
            throw new IllegalStateException(
                    "watch out of order: number=" + number + " before=" + before[0] + " last=" + numberLast);
        }
        add(number, command, sessionId);
    }

    /** Whether a watch may stand in a session: a new one, where none is known, or one that moves. */
    private boolean hasRoom(final Watch known, final long sessionId) {
        if (known != null && known.sessionId() == sessionId) {
            return true;
        }
        if (known == null && watches.size() >= watchesMax) {
            return false;
        }
        int standing = 0;
        for (Watch watch = watches.first(); watch != null; watch = watch.next()) {
            standing += watch.sessionId() == sessionId ? 1 : 0;
        }
        return standing < watchesPerSessionMax;
    }

    private Watch add(final long number, final LeaseCommand command, final long sessionId) {
        final Watch watch = new Watch(
                number,
                command.clientId(),
                command.requestId(),
                command.principal(),
                sessionId,
                NameOrder.copy(command));
        watches.append(watch);
        return watch;
    }

    private void end(final Watch watch) {
        watches.remove(watch);
        events.onWatchEnded(watch);
    }
}
