package io.fencegate.storage.line;

import io.fencegate.codecs.WireLimits;
import io.fencegate.journal.Journal;
import io.fencegate.storage.durability.Durability;
import io.fencegate.storage.flow.LawParts;
import io.fencegate.storage.flow.LineDuty;
import io.fencegate.storage.flow.LineLaw;
import io.fencegate.storage.flow.RecoveringLaw;
import io.fencegate.storage.flow.ServingLaw;
import io.fencegate.storage.session.SessionLimits;
import io.fencegate.storage.session.Sessions;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * The line: reads every client's requests in turn, a few at a time, lets them be decided, and lets answers go. It never
 * waits: not for a client, a disk, the media driver or another thread.
 *
 * <p>One thread; after warm-up a turn without clients that come or go does not allocate.
 */
public final class LineAgent implements Agent {
    /** Name of the line and its thread. */
    public static final String ROLE_NAME = "fencegate-line";

    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final AnswerWay way = new AnswerWay();
    private final AtomicReference<Served> served = new AtomicReference<>();
    private final Sessions sessions;
    private final SessionLimits limits;
    private final Handover handover;
    private final GatewayCounters counters;
    private final NanoClock clock;
    private final EpochClock epochClock;
    private final RequestAdapter requests;
    private final LineDuty duty;
    private boolean isServing;
    private long nowNs;
    private long epochOffsetNs;

    /**
     * A line that says RECOVERING until it is told to serve.
     *
     * @param limits of sessions
     * @param handover brings clients that come and takes those that leave
     * @param counters of answers and sessions
     * @param clock that only rises
     * @param epochClock wall clock, for the records' timestamps only
     */
    public LineAgent(
            final SessionLimits limits,
            final Handover handover,
            final GatewayCounters counters,
            final NanoClock clock,
            final EpochClock epochClock) {
        this.limits = limits;
        this.handover = handover;
        this.counters = counters;
        this.clock = clock;
        this.epochClock = epochClock;
        sessions = new Sessions(limits.sessionsMax());
        final LineLaw law = new RecoveringLaw(new RefusalPublisher(way), counters);
        counters.state(LineState.RECOVERING);
        nowNs = clock.nanoTime();
        duty = new LineDuty(law, sessions, counters, nowNs);
        requests = new RequestAdapter(duty.requests());
    }

    /**
     * Recovery is done. Any thread, once; takes effect at the line's next turn.
     *
     * @param recovered what the line serves with
     */
    public void serve(final Served recovered) {
        served.setRelease(recovered);
    }

    @Override
    public int doWork() {
        beginTurn();
        return takeServed() + admitClient() + duty.pollRequests() + duty.releaseAnswers() + tendSessions();
    }

    @Override
    public String roleName() {
        return ROLE_NAME;
    }

    @Override
    public void onClose() {
        duty.close();
        counters.state(LineState.CLOSED);
    }

    private void beginTurn() {
        nowNs = clock.nanoTime();
        duty.beginTurn(nowNs, nowNs + epochOffsetNs);
    }

    private int takeServed() {
        if (isServing || served.getAcquire() == null) {
            return 0;
        }
        isServing = true;
        duty.law(servingLaw(served.getAcquire()), nowNs + epochOffsetNs);
        counters.state(LineState.SERVING);
        return 1;
    }

    private LineLaw servingLaw(final Served recovered) {
        final Journal journal = recovered.journal();
        final JournalRecorder recorder = new JournalRecorder(journal, recovered.appended());
        final LawParts parts = new LawParts(
                recovered.fences(), recovered.sealer(), recorder, recorder, recovered.durability() == Durability.DISK);
        final GatewayFacts facts = new GatewayFacts(
                journal.journalId(), journal.generation(), recovered.payloadLengthMax(), limits.answersPendingMax());
        return new ServingLaw(parts, sessions, limits, new AnswerPublisher(way, facts, journal.reader()), counters);
    }

    private int admitClient() {
        final ClientChannel channel = handover.pollAdmitted();
        if (channel == null) {
            return 0;
        }
        final RequestAssembler assembler =
                new RequestAssembler(channel.session(), requests, WireLimits.MESSAGE_LENGTH_MAX);
        duty.admit(new ChannelCaller(channel, assembler, way, handover));
        return 1;
    }

    private int tendSessions() {
        if (!duty.isTendingDue()) {
            return 0;
        }
        epochOffsetNs = epochClock.time() * NANOS_PER_MILLI - nowNs;
        return duty.tendSessions();
    }
}
