package io.fencegate.verification.simulator.world;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The ways between processes: each direction of each pair has its own delays, and may be cut or limp for a time.
 *
 * <p>One thread.
 */
public final class Network {
    private final Agenda agenda;
    private final NetworkSettings settings;
    private final Chance chance;
    private final Map<Actor, Map<Actor, Path>> paths = new IdentityHashMap<>();
    private final FaultTally tally;
    private boolean isCalm;

    /**
     * A whole network.
     *
     * @param agenda of the world
     * @param settings of all ways
     * @param chance of delays and losses
     * @param tally of what went wrong
     */
    public Network(final Agenda agenda, final NetworkSettings settings, final Chance chance, final FaultTally tally) {
        this.agenda = agenda;
        this.settings = settings;
        this.chance = chance;
        this.tally = tally;
    }

    /**
     * Nothing passes, one way.
     *
     * @param from whose messages do not pass
     * @param to whom they do not reach
     * @param durationNs from now
     */
    public void cut(final Actor from, final Actor to, final long durationNs) {
        final Path path = path(from, to);
        path.cutUntilNs = Math.max(path.cutUntilNs, agenda.nowNs() + durationNs);
    }

    /**
     * Everything takes much longer, one way.
     *
     * @param from whose messages are late
     * @param to whom they reach late
     * @param durationNs from now
     */
    public void limp(final Actor from, final Actor to, final long durationNs) {
        final Path path = path(from, to);
        path.limpUntilNs = Math.max(path.limpUntilNs, agenda.nowNs() + durationNs);
    }

    /** From now on every way is whole, loses nothing, and keeps the order. */
    public void heal() {
        isCalm = true;
        paths.clear();
    }

    /** Whether messages pass. @param from one @param to another @return false while the way is cut */
    public boolean isOpen(final Actor from, final Actor to) {
        return path(from, to).cutUntilNs <= agenda.nowNs();
    }

    /** How long a message takes. @param from one @param to another @return drawn, in nanoseconds */
    public long delayNs(final Actor from, final Actor to) {
        final long delayNs = chance.between(settings.delayMinNs(), settings.delayMaxNs());
        return path(from, to).limpUntilNs > agenda.nowNs() ? delayNs * settings.limpFactor() : delayNs;
    }

    /**
     * One direction of a connection.
     *
     * @param from who sends
     * @param to who receives
     * @return a stream that keeps the order and loses nothing but its end, or one that keeps nothing, as the settings say
     */
    public Stream stream(final Actor from, final Actor to) {
        return settings.isDatagram() ? new DatagramStream(this, from, to) : new OrderedStream(this, agenda, from, to);
    }

    /** Sends a message that may be lost, doubled, late or early: on its own. */
    void sendAlone(final Actor from, final Actor to, final Object message) {
        if (isCalm) {
            agenda.after(settings.delayMinNs(), () -> arrive(from, to, message));
            return;
        }
        if (chance.once(settings.lossPercent())) {
            tally.count(FaultKind.MESSAGE_LOST);
            return;
        }
        final int copies = chance.once(settings.duplicatePercent()) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            final boolean isStray = chance.once(settings.strayPercent());
            final long delayNs = delayNs(from, to) + (isStray ? chance.between(0, settings.strayMaxNs()) : 0);
            if (isStray) {
                tally.count(FaultKind.MESSAGE_DELAYED);
            }
            if (i > 0) {
                tally.count(FaultKind.MESSAGE_DOUBLED);
            }
            agenda.after(delayNs, () -> arrive(from, to, message));
        }
    }

    private void arrive(final Actor from, final Actor to, final Object message) {
        if (isOpen(from, to)) {
            to.deliver(message);
        } else {
            tally.count(FaultKind.MESSAGE_LOST);
        }
    }

    /** When messages may pass again. */
    long openAtNs(final Actor from, final Actor to) {
        return path(from, to).cutUntilNs;
    }

    private Path path(final Actor from, final Actor to) {
        return paths.computeIfAbsent(from, key -> new IdentityHashMap<>()).computeIfAbsent(to, key -> new Path());
    }

    /** One direction between two processes. */
    private static final class Path {
        private long cutUntilNs;
        private long limpUntilNs;
    }
}
