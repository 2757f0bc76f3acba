package io.fencegate.verification.checker.fact;

import io.fencegate.storage.durability.Durability;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.Fault;
import io.fencegate.verification.history.History;
import io.fencegate.verification.history.HistoryHeader;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/**
 * What a history can tell at all: which kinds of events its recorder sees, and who in it is a gateway. A check that needs
 * what was never recorded is left out, and counts nothing.
 *
 * <p>Immutable once made; one thread.
 */
public final class Scene {
    private static final Set<EventKind> OF_GATEWAYS = EnumSet.of(
            EventKind.FENCE_RAISED,
            EventKind.OPEN_TAKEN,
            EventKind.FENCE_SYNCED,
            EventKind.OPEN_ANSWERED,
            EventKind.APPENDED,
            EventKind.JOURNAL_SYNCED,
            EventKind.RECOVERED,
            EventKind.JOURNAL_READ,
            EventKind.JOURNALED_FENCE,
            EventKind.JOURNALED_WRITE);
    private static final Set<EventKind> OF_ANYBODY = EnumSet.of(EventKind.FAULT, EventKind.HEALED);

    private final HistoryHeader header;
    private final Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    private final Set<String> gateways = new HashSet<>();
    private final Set<String> others = new HashSet<>();

    private Scene(final HistoryHeader header) {
        this.header = header;
    }

    /**
     * Looks through a history.
     *
     * @param history whole
     * @return what is in it
     */
    public static Scene of(final History history) {
        final Scene scene = new Scene(history.header());
        for (final Event event : history.events()) {
            scene.kinds.add(event.kind());
            if (OF_GATEWAYS.contains(event.kind())) {
                scene.gateways.add(event.actor());
            } else if (!OF_ANYBODY.contains(event.kind())) {
                scene.others.add(event.actor());
            }
        }
        return scene;
    }

    /** The conditions. @return the header */
    public HistoryHeader header() {
        return header;
    }

    /** Whether events of a kind are recorded. @param kind asked for @return true if there is one */
    public boolean has(final EventKind kind) {
        return kinds.contains(kind);
    }

    /** Whether the journal was read when all was over. @return false if nothing can be said of it */
    public boolean hasJournal() {
        return has(EventKind.JOURNAL_READ) || has(EventKind.JOURNALED_FENCE) || has(EventKind.JOURNALED_WRITE);
    }

    /**
     * Whether a gateway lost its power by this event; where nobody knows who the actor is, it may be a gateway.
     *
     * @param event of any kind
     * @return true if so
     */
    public boolean isPowerLoss(final Event event) {
        return event.kind() == EventKind.FAULT && event.says(Fault.POWER_LOST) && mayBeGateway(event.actor());
    }

    /**
     * Whether a gateway lost what it may lose by this event: at level {@code disk} nothing by a loss of power.
     *
     * @param event of any kind
     * @return true if acknowledged writes may be missing afterwards
     */
    public boolean mayLoseWrites(final Event event) {
        return isDirectoryLoss(event) || header.durability() == Durability.PROCESS && isPowerLoss(event);
    }

    /**
     * Whether a gateway's folder was lost or put back by this event.
     *
     * @param event of any kind
     * @return true if so
     */
    public boolean isDirectoryLoss(final Event event) {
        return event.kind() == EventKind.FAULT && event.says(Fault.DIRECTORY_LOST);
    }

    private boolean mayBeGateway(final String actor) {
        return gateways.contains(actor) || !others.contains(actor);
    }
}
