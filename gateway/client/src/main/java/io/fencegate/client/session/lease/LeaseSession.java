package io.fencegate.client.session.lease;

import io.fencegate.client.session.CallTimes;
import io.fencegate.client.session.RetryTimer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The commands under way to the sequencer over one connection: finds the command of an answer (a repeated command's
 * second answer, and another client's, belong to none), and decides when a command is sent again, when its time is over,
 * and when the connection leads nowhere.
 *
 * <p>One thread.
 */
public final class LeaseSession {
    /** Most commands under way. */
    public static final int COMMANDS_MAX = 2048;

    /** Longest time between repeats of a command that waits in a queue, in nanoseconds. */
    public static final long REPEAT_QUEUED_NS = TimeUnit.SECONDS.toNanos(3);

    private static final int SILENT_ATTEMPTS = 3;

    private final List<LeaseCommand> commands = new ArrayList<>();
    private final List<WatchSession> watches = new ArrayList<>();
    private final CallTimes times;
    private final RetryTimer silence;
    private boolean isSilenceRunning;
    private boolean wasSilent;

    /**
     * A session without commands.
     *
     * @param times of the calls
     */
    public LeaseSession(final CallTimes times) {
        this.times = times;
        final long firstNs = times.attemptTimeoutNs() * SILENT_ATTEMPTS;
        this.silence = new RetryTimer(firstNs, Math.max(firstNs, times.callTimeoutNs()));
    }

    /** Whether no more commands may be begun. @return true if so */
    public boolean isFull() {
        return commands.size() >= COMMANDS_MAX;
    }

    /** How many commands are under way. @return count */
    public int size() {
        return commands.size();
    }

    /**
     * A command under way.
     *
     * @param index from 0 to the size
     * @return in the order of their beginning
     */
    public LeaseCommand command(final int index) {
        return commands.get(index);
    }

    /**
     * Begins a command.
     *
     * @param command that was not begun yet
     * @param firstNs how long its first attempt waits for an answer
     * @param deadlineNs when its time is over, or NO_DEADLINE
     */
    public void begin(final LeaseCommand command, final long firstNs, final long deadlineNs) {
        if (isFull()) {
            throw new IllegalStateException("commandsUnderWay=" + commands.size() + " limit=" + COMMANDS_MAX
                    + " resource=" + command.resource() + ". Poll the client until some of them are done.");
        }
        final long attemptNs = Math.min(times.attemptTimeoutNs(), REPEAT_QUEUED_NS);
        command.pace()
                .begin(
                        new RetryTimer(firstNs, Math.max(firstNs, times.callTimeoutNs())),
                        new RetryTimer(attemptNs, REPEAT_QUEUED_NS),
                        deadlineNs);
        commands.add(command);
    }

    /** Nothing more is done for a command: answers to it are passed over. @param command under way, or not */
    public void forget(final LeaseCommand command) {
        commands.remove(command);
    }

    /** Adds a watch: it is told of its events. @param watch that begins */
    public void add(final WatchSession watch) {
        watches.add(watch);
    }

    /** Nothing more is told to a watch. @param watch that ended */
    public void remove(final WatchSession watch) {
        watches.remove(watch);
    }

    /** How many watches there are. @return count */
    public int watches() {
        return watches.size();
    }

    /**
     * The command that an answer belongs to.
     *
     * @param kind of command that is answered so; null: any
     * @param clientId in the answer
     * @param requestId in the answer
     * @return null if none waits for this answer
     */
    public LeaseAnswer due(final CommandKind kind, final long clientId, final long requestId) {
        for (int i = 0; i < commands.size(); i++) {
            final LeaseCommand command = commands.get(i);
            if (command.requestId() == requestId
                    && command.clientId() == clientId
                    && (kind == null || command.kind() == kind)
                    && !command.isDone()) {
                return command.answer();
            }
        }
        return null;
    }

    /**
     * The watch that an event is for.
     *
     * @param clientId in the event
     * @param requestId of the watch, in the event
     * @return null if there is no such watch (any more)
     */
    public WatchSession watch(final long clientId, final long requestId) {
        for (int i = 0; i < watches.size(); i++) {
            final WatchSession watch = watches.get(i);
            if (watch.requestId() == requestId && watch.clientId() == clientId) {
                return watch;
            }
        }
        return null;
    }

    /** The sequencer was heard: the connection leads somewhere. */
    public void onHeard() {
        isSilenceRunning = false;
        wasSilent = false;
    }

    /** There is a new connection, or the old one has a new leader: what was under way may be lost. */
    public void onNewEpoch() {
        isSilenceRunning = false;
        for (int i = 0; i < watches.size(); i++) {
            watches.get(i).onDisturbed();
        }
    }

    /**
     * Whether a command is to be sent now.
     *
     * @param command under way
     * @param nowNs the time of the calls
     * @param epoch of the connection and its leader, from 1
     * @return true if so; whether it could be sent, {@link #onTried} is told
     */
    public boolean isSendDue(final LeaseCommand command, final long nowNs, final long epoch) {
        if (command.isDone()) {
            return false;
        }
        if (command.answer().takeNews()) {
            command.pace().onQueued(nowNs);
        }
        if (command.answer().takeEarly()) {
            command.pace().onEarly(nowNs);
        }
        return command.pace().isDue(nowNs, epoch);
    }

    /**
     * A command was sent, or could not be.
     *
     * @param command that was due
     * @param isSent whether the transport took it
     * @param nowNs the time of the calls
     * @param realNs the process's monotonic clock
     * @param epoch of the connection and its leader
     */
    public void onTried(
            final LeaseCommand command, final boolean isSent, final long nowNs, final long realNs, final long epoch) {
        if (isSent) {
            command.pace().onSent(nowNs, realNs, epoch);
        }
        if (!isSilenceRunning) {
            isSilenceRunning = true;
            if (wasSilent) {
                silence.again(nowNs);
            } else {
                silence.start(nowNs);
            }
        }
    }

    /**
     * Whether the connection leads nowhere: nothing was heard for several attempts' time.
     *
     * @param nowNs the time of the calls
     * @return true once for each time; the next silence is borne for longer
     */
    public boolean takeSilence(final long nowNs) {
        if (!isSilenceRunning || !silence.isExpired(nowNs)) {
            return false;
        }
        isSilenceRunning = false;
        wasSilent = true;
        return true;
    }

    /** The sequencer lets nobody in here: commands whose time is bounded end now. */
    public void giveUp() {
        for (int i = 0; i < commands.size(); i++) {
            final LeaseCommand command = commands.get(i);
            if (!command.isDone() && command.pace().isBounded()) {
                command.onTimedOut();
            }
        }
    }

    /** Ends commands whose time is over, and lets go of those that are done. @param nowNs the time of the calls */
    public void settle(final long nowNs) {
        for (int i = commands.size() - 1; i >= 0; i--) {
            final LeaseCommand command = commands.get(i);
            if (!command.isDone() && command.pace().isOver(nowNs)) {
                command.onTimedOut();
            }
            if (command.isDone()) {
                commands.remove(i);
            }
        }
    }
}
