package io.fencegate.storage.line;

import io.fencegate.codecs.WireLimits;
import io.fencegate.storage.session.Answer;
import io.fencegate.storage.session.Outlet;
import io.fencegate.storage.session.Session;
import io.fencegate.storage.session.SessionEnd;
import io.fencegate.storage.session.SessionLimits;
import io.fencegate.storage.session.Sessions;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.collections.ArrayListUtil;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * The line: reads every client's requests in turn, a few at a time, lets them be decided, and lets answers go. It never
 * waits: not for a client, a disk, the media driver or another thread.
 *
 * <p>One thread; after warm-up a turn without clients that come or go does not allocate.
 */
public final class LineAgent implements Agent, Outlet {
    /** Name of the line and its thread. */
    public static final String ROLE_NAME = "fencegate-line";

    /** Clients whose requests are looked for in one turn. */
    static final int CHANNELS_PER_TURN = 64;

    /** Fragments that are read of one client in one turn. */
    static final int FRAGMENTS_PER_TURN = 16;

    private static final long TEND_INTERVAL_NS = 1_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final ArrayList<ClientChannel> channels = new ArrayList<>();
    private final AnswerWay way = new AnswerWay();
    private final AtomicReference<Served> served = new AtomicReference<>();
    private final Sessions sessions;
    private final SessionLimits limits;
    private final Handover handover;
    private final GatewayCounters counters;
    private final NanoClock clock;
    private final EpochClock epochClock;
    private final RequestAdapter requests;
    private LineLaw law;
    private int channelNext;
    private long nowNs;
    private long tendedNs;
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
        law = new RecoveringFlow(way, counters);
        requests = new RequestAdapter(law.requests());
        counters.state(law.state());
        nowNs = clock.nanoTime();
        tendedNs = nowNs - TEND_INTERVAL_NS;
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
        return takeServed() + admitChannels() + pollRequests() + releaseAnswers() + tendSessions();
    }

    @Override
    public Result onAnswer(final Session session, final Answer answer, final long durablePosition) {
        final Result result = law.outlet().onAnswer(session, answer, durablePosition);
        if (result == Result.SENT) {
            session.delivered();
        } else if (result == Result.BLOCKED) {
            session.blocked(nowNs);
        }
        return result;
    }

    @Override
    public String roleName() {
        return ROLE_NAME;
    }

    @Override
    public void onClose() {
        while (!channels.isEmpty()) {
            end(channels.size() - 1, SessionEnd.GATEWAY_CLOSED);
        }
        counters.state(LineState.CLOSED);
    }

    private void beginTurn() {
        nowNs = clock.nanoTime();
        law.onTurn(nowNs, nowNs + epochOffsetNs);
    }

    private int takeServed() {
        if (law.state() == LineState.SERVING || served.getAcquire() == null) {
            return 0;
        }
        law = new ServingLaw(served.getAcquire(), sessions, limits, way, counters);
        law.onTurn(nowNs, nowNs + epochOffsetNs);
        requests.handler(law.requests());
        counters.state(law.state());
        return 1;
    }

    private int admitChannels() {
        final ClientChannel channel = handover.pollAdmitted();
        if (channel == null) {
            return 0;
        }
        channel.admit(new RequestAssembler(channel.session(), requests, WireLimits.MESSAGE_LENGTH_MAX));
        channels.add(channel);
        sessions.add(channel.session());
        counters.sessions(channels.size());
        return 1;
    }

    private int pollRequests() {
        int work = 0;
        final int count = Math.min(channels.size(), CHANNELS_PER_TURN);
        for (int i = 0; i < count; i++) {
            if (channelNext >= channels.size()) {
                channelNext = 0;
            }
            final ClientChannel channel = channels.get(channelNext++);
            if (channel.session().isRead()) {
                final int fragments = channel.poll(FRAGMENTS_PER_TURN);
                if (fragments > 0) {
                    channel.session().heard(nowNs);
                    work += fragments;
                }
            }
        }
        return work;
    }

    private int releaseAnswers() {
        int work = 0;
        final long durablePosition = law.durablePosition();
        final long fenceOffsetSynced = law.fenceOffsetSynced();
        for (int i = 0; i < channels.size(); i++) {
            final ClientChannel channel = channels.get(i);
            final Session session = channel.session();
            if (session.answers().size() > 0) {
                way.to(channel.answers());
                work += session.answers().release(session, durablePosition, fenceOffsetSynced, this);
            }
        }
        return work;
    }

    private int tendSessions() {
        if (nowNs - tendedNs < TEND_INTERVAL_NS) {
            return 0;
        }
        tendedNs = nowNs;
        epochOffsetNs = epochClock.time() * NANOS_PER_MILLI - nowNs;
        int ended = 0;
        for (int i = channels.size() - 1; i >= 0; i--) {
            final ClientChannel channel = channels.get(i);
            final SessionEnd due = channel.requests().isClosed()
                    ? SessionEnd.CLIENT_GONE
                    : channel.session().endDue(nowNs);
            if (due != null) {
                end(i, due);
                ended++;
            }
        }
        return ended;
    }

    private void end(final int index, final SessionEnd reason) {
        final ClientChannel channel = channels.get(index);
        ArrayListUtil.fastUnorderedRemove(channels, index);
        sessions.remove(channel.session());
        law.onEnd(channel.session(), reason);
        counters.sessions(channels.size());
        if (reason == SessionEnd.ANSWERS_BLOCKED) {
            counters.countBlocked();
        }
        handover.giveBack(channel, reason);
    }
}
