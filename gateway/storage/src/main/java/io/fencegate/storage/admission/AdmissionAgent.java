package io.fencegate.storage.admission;

import io.aeron.Aeron;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.exceptions.RegistrationException;
import io.fencegate.storage.line.ClientChannel;
import io.fencegate.storage.line.Handover;
import io.fencegate.storage.session.Session;
import io.fencegate.storage.session.SessionEnd;
import io.fencegate.storage.session.SessionLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.agrona.CloseHelper;
import org.agrona.collections.ArrayListUtil;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.NanoClock;

/**
 * Brings clients to the line and takes them back. It runs the Aeron client's conductor too: mapping log buffers, talking
 * to the media driver and waiting for the conductor's lock happen here, never on the line.
 *
 * <p>A thread of its own.
 */
public final class AdmissionAgent implements Agent {
    /** Name of the agent that admits clients and its thread. */
    public static final String ROLE_NAME = "fencegate-admission";

    /** Clients above the limit of sessions that get as far as an answer which says so. */
    static final int REFUSED_CHANNELS_MAX = 16;

    private final List<Subscription> subscriptions = new ArrayList<>();
    private final ArrayList<Image> arrivals = new ArrayList<>();
    private final ArrayList<Admission> admissions = new ArrayList<>();
    private final Aeron aeron;
    private final AgentInvoker conductor;
    private final Endpoints endpoints;
    private final SessionLimits limits;
    private final Handover handover;
    private final NanoClock clock;
    private final CompletableFuture<Void> listening = new CompletableFuture<>();
    private volatile boolean listenAsked;
    private int channels;

    /**
     * Nobody can come yet.
     *
     * @param aeron client whose conductor is invoked here
     * @param endpoints where clients come
     * @param limits of sessions
     * @param handover to the line, for {@link #channelsMax} clients
     * @param clock that only rises
     */
    public AdmissionAgent(
            final Aeron aeron,
            final Endpoints endpoints,
            final SessionLimits limits,
            final Handover handover,
            final NanoClock clock) {
        this.aeron = aeron;
        this.endpoints = endpoints;
        this.limits = limits;
        this.handover = handover;
        this.clock = clock;
        conductor = aeron.conductorAgentInvoker();
    }

    /**
     * Clients that the line may have at a time: sessions, and some more that are told that there is no room.
     *
     * @param limits of sessions
     * @return count
     */
    public static int channelsMax(final SessionLimits limits) {
        return limits.sessionsMax() + REFUSED_CHANNELS_MAX;
    }

    /**
     * Lets clients come from now on. Any thread, once.
     *
     * @return done when the gateway listens, or failed with what Aeron says of an endpoint
     */
    public Future<Void> listen() {
        listenAsked = true;
        return listening;
    }

    @Override
    public int doWork() {
        return conductor.invoke() + beginListening() + takeBack() + beginAdmissions() + pollAdmissions();
    }

    @Override
    public String roleName() {
        return ROLE_NAME;
    }

    @Override
    public void onClose() {
        takeBack();
        admissions.forEach(Admission::abandon);
        CloseHelper.closeAll(subscriptions);
    }

    private int beginListening() {
        if (!listenAsked || listening.isDone()) {
            return 0;
        }
        try {
            if (endpoints.isIpc()) {
                subscribe(Endpoints.IPC_REQUESTS);
            }
            if (endpoints.isUdp()) {
                subscribe(endpoints.udpRequestsChannel());
            }
            listening.complete(null);
        } catch (final RegistrationException refused) {
            listening.completeExceptionally(refused);
        }
        return 1;
    }

    private void subscribe(final String channel) {
        // Called back inside conductor.invoke(), where nothing may be asked of Aeron.
        subscriptions.add(aeron.addSubscription(channel, Endpoints.REQUESTS_STREAM_ID, arrivals::add, image -> {}));
    }

    private int beginAdmissions() {
        final int count = arrivals.size();
        for (int i = 0; i < count; i++) {
            final Image image = arrivals.get(i);
            if (image.joinPosition() != 0) {
                image.reject("its session is gone: connect anew");
            } else if (channels + admissions.size() >= channelsMax(limits)) {
                image.reject("SESSION_LIMIT");
            } else {
                admissions.add(begin(image));
            }
        }
        arrivals.clear();
        return count;
    }

    private Admission begin(final Image image) {
        final boolean isIpcClient =
                Endpoints.IPC_REQUESTS.equals(image.subscription().channel());
        final String channel = endpoints.answersChannel(isIpcClient, image.correlationId());
        return new Admission(aeron, image, channel, clock.nanoTime() + limits.answerTimeoutNs());
    }

    private int pollAdmissions() {
        int work = 0;
        final long nowNs = clock.nanoTime();
        for (int i = admissions.size() - 1; i >= 0; i--) {
            final Admission admission = admissions.get(i);
            switch (admission.poll(nowNs)) {
                case CONNECTED:
                    ArrayListUtil.fastUnorderedRemove(admissions, i);
                    admit(admission, nowNs);
                    work++;
                    break;
                case FAILED:
                    ArrayListUtil.fastUnorderedRemove(admissions, i);
                    admission.abandon();
                    reject(admission.requests(), "it takes no answers");
                    work++;
                    break;
                default:
                    break;
            }
        }
        return work;
    }

    private void admit(final Admission admission, final long nowNs) {
        channels++;
        handover.admit(new ClientChannel(admission.requests(), admission.answers(), new Session(limits, nowNs)));
    }

    private int takeBack() {
        int work = 0;
        for (ClientChannel channel = handover.pollLeft(); channel != null; channel = handover.pollLeft()) {
            channels--;
            if (channel.end() == SessionEnd.ANSWERS_BLOCKED) {
                // Its log would stay until the client reads what it does not read.
                channel.answers().revokeOnClose();
            }
            channel.answers().close();
            reject(channel.requests(), channel.end().name());
            work++;
        }
        return work;
    }

    private static void reject(final Image requests, final String reason) {
        if (!requests.isClosed()) {
            requests.reject(reason);
        }
    }
}
