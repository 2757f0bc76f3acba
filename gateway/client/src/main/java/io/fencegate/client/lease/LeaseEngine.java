package io.fencegate.client.lease;

import io.fencegate.client.error.FencegateException;
import io.fencegate.client.error.LoginRefusedException;
import io.fencegate.client.error.NotReachableException;
import io.fencegate.client.link.AeronLink;
import io.fencegate.client.link.CallTimer;
import io.fencegate.client.link.ClientThread;
import io.fencegate.client.login.LoginSupplier;
import io.fencegate.client.sequencer.CommandPublisher;
import io.fencegate.client.sequencer.EgressAdapter;
import io.fencegate.client.sequencer.SequencerConnection;
import io.fencegate.client.session.CallTimes;
import io.fencegate.client.session.Jitter;
import io.fencegate.client.session.RequestIds;
import io.fencegate.client.session.lease.LeaseAnswer;
import io.fencegate.client.session.lease.LeaseCommand;
import io.fencegate.client.session.lease.LeaseSession;
import io.fencegate.core.grant.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Everything under way at the sequencer, over one connection: takes in answers, lets each task go on from them, and
 * sends what is due. A command is sent again, with its requestId, until it is answered or its time is over: after a
 * silence, to a new leader, on a new connection. The sequencer answers a repeated command as it answered the first one.
 *
 * <p>The client's thread.
 */
final class LeaseEngine implements AutoCloseable {
    /** Longer than the sequencer lets anybody wait, which it says itself. */
    private static final long MORE_MAX_NS = TimeUnit.DAYS.toNanos(2);

    /** Most acquires and releases under way. */
    static final int PENDING_MAX = 256;

    private static final int HEAL_CALLS_MAX = 4;

    /** Most heals under way. */
    static final int HEALS_MAX = 64;

    /** Most leases that are kept. */
    static final int KEEPERS_MAX = 1024;

    /** Most watches. */
    static final int WATCHES_MAX = 64;

    static {
        // A pending lease may have its acquire and a cancel under way, a watch its end, and one call may block.
        if (3 * PENDING_MAX + HEALS_MAX + KEEPERS_MAX + 2 * WATCHES_MAX + 1 > LeaseSession.COMMANDS_MAX) {
            throw new ExceptionInInitializerError("limits contradict each other: COMMANDS_MAX is too small");
        }
    }

    private final CommandPublisher publisher = new CommandPublisher();
    private final List<LeaseTask> tasks = new ArrayList<>();
    private final LeaseSession session;
    private final SequencerConnection connection;
    private final AeronLink link;
    private final LoginSupplier logins;
    private final String endpoints;
    private final CallTimes times;
    private final CallTimer timer;
    private final ClientThread thread;
    private final RequestIds requestIds;
    private final Consumer<Grant> renewed;
    private final Jitter jitter;
    private boolean hasBegun;

    LeaseEngine(final LeaseCalls.Place place, final CallTimes times, final AeronLink link, final CallTimer timer) {
        final SplittableRandom random = new SplittableRandom(place.chance());
        this.jitter = bound -> bound <= 0 ? 0 : random.nextLong(bound + 1);
        this.session = new LeaseSession(times);
        this.endpoints = place.ingressEndpoints();
        this.logins = new LoginSupplier(place.login());
        this.times = times;
        this.link = link;
        this.timer = timer;
        this.thread = place.thread();
        this.renewed = place.renewed();
        this.requestIds = new RequestIds(place.chance());
        this.connection = new SequencerConnection(
                link,
                endpoints,
                place.egressChannel(),
                logins,
                times.newRetryTimer(),
                times.newBackoff(jitter),
                new EgressAdapter(session));
    }

    int poll() {
        if (!hasBegun) {
            return 0;
        }
        final long realNs = System.nanoTime();
        final long nowNs = timer.nowNs();
        int workCount = connection.poll(realNs);
        if (logins.takeHopeless()) {
            session.giveUp();
        }
        session.settle(nowNs);
        workCount += runTasks(realNs, nowNs);
        if (connection.isConnected()) {
            workCount += send(realNs, nowNs);
        }
        return workCount;
    }

    private int runTasks(final long realNs, final long nowNs) {
        int workCount = 0;
        for (int i = tasks.size() - 1; i >= 0; i--) {
            final LeaseTask task = tasks.get(i);
            workCount += task.work(realNs, nowNs);
            if (task.isOver()) {
                tasks.remove(task);
            }
        }
        return workCount;
    }

    private int send(final long realNs, final long nowNs) {
        final long epoch = connection.epoch();
        int workCount = 0;
        for (int i = 0; i < session.size(); i++) {
            final LeaseCommand command = session.command(i);
            if (session.isSendDue(command, nowNs, epoch)) {
                final boolean isSent = publisher.send(command, connection);
                session.onTried(command, isSent, nowNs, realNs, epoch);
                workCount += isSent ? 1 : 0;
            }
        }
        if (session.takeSilence(nowNs)) {
            connection.drop(realNs);
            workCount++;
        }
        return workCount;
    }

    /** Begins a command that has the time of a call, and more. */
    void begin(final LeaseCommand command, final long moreNs) {
        hasBegun = true;
        session.begin(
                command,
                times.attemptTimeoutNs(),
                timer.nowNs() + times.callTimeoutNs() + Math.min(moreNs, MORE_MAX_NS));
    }

    /** Begins a command that is repeated until it is answered or forgotten. */
    void beginEndless(final LeaseCommand command, final long attemptNs) {
        hasBegun = true;
        session.begin(command, Math.min(attemptNs, times.attemptTimeoutNs()), LeaseCommand.NO_DEADLINE);
    }

    void add(final LeaseTask task) {
        hasBegun = true;
        tasks.add(task);
    }

    /** Checks a limit on tasks of one kind. */
    void checkCount(final Class<? extends LeaseTask> kind, final int limit) {
        int count = 0;
        for (final LeaseTask task : tasks) {
            count += kind.isInstance(task) && !task.isOver() ? 1 : 0;
        }
        if (count >= limit) {
            throw new IllegalStateException("As many are under way as may: kind=" + kind.getSimpleName() + " limit="
                    + limit + ". Poll the client until some are done, or close some.");
        }
    }

    /** Waits, within a blocking call, until a command is answered or its time is over. */
    void await(final LeaseCommand command) {
        timer.begin(times.callTimeoutNs());
        while (!command.isDone()) {
            final int workCount = poll();
            if (command.isDone()) {
                break;
            }
            if (Thread.currentThread().isInterrupted()) {
                session.forget(command);
                throw unreachable(command);
            }
            timer.idle(workCount);
        }
        if (command.isTimedOut()) {
            throw unreachable(command);
        }
    }

    /** Waits, within a blocking call, until a task has ended. */
    void await(final LeaseTask task, final LeaseCommand command) {
        timer.begin(times.callTimeoutNs());
        while (!task.isOver()) {
            final int workCount = poll();
            if (task.isOver()) {
                return;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw unreachable(command);
            }
            timer.idle(workCount);
        }
    }

    /** Why the sequencer does not let this client in; null if it does, or did not say. */
    LoginRefusedException refusal() {
        return logins.refusal() == null || connection.isConnected()
                ? null
                : new LoginRefusedException(
                        logins.refusal(), logins.name(), "unreachable=sequencer endpoints=" + endpoints);
    }

    /** Waits, within a blocking call, until a heal has ended: each of its commands ends in its time. */
    void await(final PendingHeal heal) {
        timer.begin(HEAL_CALLS_MAX * times.callTimeoutNs());
        while (!heal.isOver()) {
            final int workCount = poll();
            if (!heal.isOver()) {
                if (Thread.currentThread().isInterrupted()) {
                    tasks.remove(heal);
                    session.forget(heal.command());
                    throw unreachable(heal.command());
                }
                timer.idle(workCount);
            }
        }
    }

    /** Begins a command within a blocking call, and waits for its answer. */
    LeaseAnswer call(final LeaseCommand command) {
        thread.enterAlone();
        try {
            begin(command, 0);
            await(command);
            return command.answer();
        } finally {
            thread.exit(true);
        }
    }

    /** Why the sequencer did not answer a command, as far as is known. */
    FencegateException unreachable(final LeaseCommand command) {
        final boolean isConnected = connection.isConnected();
        final String facts = "unreachable=sequencer endpoints=" + endpoints + " connected=" + isConnected + " command="
                + command.kind() + " resource=" + command.resource() + " callTimeoutMs="
                + TimeUnit.NANOSECONDS.toMillis(times.callTimeoutNs());
        final boolean isInterrupted = Thread.currentThread().isInterrupted();
        if (isInterrupted) {
            return new NotReachableException(
                    "The thread was interrupted: " + facts + ". The call may be made again.", null);
        }
        if (logins.refusal() != null && !isConnected) {
            return new LoginRefusedException(logins.refusal(), logins.name(), facts);
        }
        if (!link.isConnected()) {
            return new NotReachableException(
                    "There is no live media driver to reach the sequencer by: " + facts
                            + ". Start the driver; the client connects by itself.",
                    link.lastError());
        }
        if (isConnected) {
            return new NotReachableException(
                    "The sequencer did not answer: " + facts
                            + ". Check that a majority of its nodes runs and is connected.",
                    null);
        }
        final Throwable cause = connection.lastError();
        return new NotReachableException(
                "No node of the sequencer answered: " + facts
                        + ". Check that its nodes run, that these are their ingress endpoints and nobody else's, and"
                        + " that they reach this machine's egress channel.",
                cause == null ? link.lastError() : cause);
    }

    /** Says once, without waiting for the answer, that a wait is over. */
    void farewell(final LeaseCommand acquire) {
        if (connection.isConnected()) {
            // Where it is not taken, the wait ends by itself.
            publisher.send(LeaseCommand.cancelWait(requestIds.next(), acquire), connection);
        }
    }

    LeaseSession session() {
        return session;
    }

    CallTimes times() {
        return times;
    }

    RequestIds requestIds() {
        return requestIds;
    }

    Jitter jitter() {
        return jitter;
    }

    /** A grant was answered anew: whoever writes under it opens with this seal from now on. */
    void onRenewed(final Grant grant) {
        renewed.accept(grant);
    }

    ClientThread thread() {
        return thread;
    }

    @Override
    public void close() {
        for (final LeaseTask task : tasks) {
            if (task instanceof PendingLease pending) {
                pending.farewell();
            }
        }
        tasks.clear();
        connection.close();
    }
}
