package io.fencegate.sequencer;

import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.Header;
import io.fencegate.codecs.wire.DeniedDecoder;
import io.fencegate.codecs.wire.DescribedDecoder;
import io.fencegate.codecs.wire.GrantedDecoder;
import io.fencegate.codecs.wire.LeaseEventDecoder;
import io.fencegate.codecs.wire.LeaseRefusedDecoder;
import io.fencegate.codecs.wire.LeasesDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.QueuedDecoder;
import io.fencegate.codecs.wire.ReleasedDecoder;
import io.fencegate.codecs.wire.RenewedDecoder;
import io.fencegate.codecs.wire.RevokedDecoder;
import io.fencegate.codecs.wire.UnwatchedDecoder;
import io.fencegate.codecs.wire.WaitCancelledDecoder;
import io.fencegate.codecs.wire.WatchDroppedDecoder;
import io.fencegate.codecs.wire.WatchingDecoder;
import io.fencegate.core.grant.LeaseEventKind;
import io.fencegate.core.grant.LeaseVerdict;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A client of the cluster that speaks the wire format by hand, with a media driver of its own, and reconnects where
 * Aeron's client gives up. Every wait has a deadline.
 *
 * <p>One thread.
 */
final class TestClient implements AutoCloseable, EgressListener {
    /** An answer with the fields that tests look at; those that it does not have are 0. */
    record Answer(
            String kind,
            long clientId,
            long requestId,
            long token,
            long remainingMs,
            long seal,
            LeaseVerdict verdict,
            int place,
            boolean more,
            List<String> names,
            Lease lease) {
        long revision() {
            return lease.revision;
        }

        long holder() {
            return lease.holder;
        }

        LeaseEventKind event() {
            return lease.event;
        }
    }

    /** What an answer tells of a lease beside its token, and of the events of leases. */
    record Lease(long revision, long holder, LeaseEventKind event) {
        private static final Lease NONE = new Lease(0, 0, null);
    }

    private static final long RESEND_MS = 1500;
    private static final long RESEND_SOON_MS = 50;

    private final MediaDriver driver;
    private final List<Consumer<Answer>> listeners = new ArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8192]);

    /** Encodes what is said next. */
    final WireCommands commands = new WireCommands(buffer, 0);

    private final MessageHeaderDecoder headerIn = new MessageHeaderDecoder();
    private String ingressEndpoints;
    private AeronCluster cluster;
    private long resendNs;

    TestClient(final Path aeronDirectory, final String ingressEndpoints) {
        this.ingressEndpoints = ingressEndpoints;
        driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(aeronDirectory.toString())
                .threadingMode(ThreadingMode.SHARED)
                .asyncExecutorEnabled(false)
                .sharedIdleStrategy(new SleepingMillisIdleStrategy(1))
                .publicationTermBufferLength(64 * 1024)
                .ipcTermBufferLength(64 * 1024)
                .termBufferSparseFile(true)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
    }

    /** Where the cluster is from now on. */
    void moveTo(final String endpoints) {
        CloseHelper.quietClose(cluster);
        cluster = null;
        ingressEndpoints = endpoints;
    }

    /** A session ends without a word, as when a client is killed. */
    void dropSession() {
        CloseHelper.quietClose(cluster);
        cluster = null;
    }

    int bytes(final byte[] bytes) {
        buffer.putBytes(0, bytes);
        return bytes.length;
    }

    /** Sends the encoded command until the answer to this request comes, as a client does. */
    Answer call(final int length, final long requestId) {
        return call(length, answer -> answer.requestId == requestId);
    }

    Answer call(final int length, final Predicate<Answer> wanted) {
        return call(length, wanted, RESEND_MS);
    }

    /** The same, without patience: the answer comes as soon as there is somebody to give it. */
    Answer insist(final int length, final long requestId) {
        return call(length, answer -> answer.requestId == requestId, RESEND_SOON_MS);
    }

    private Answer call(final int length, final Predicate<Answer> wanted, final long resendMs) {
        resendNs = System.nanoTime();
        return Await.given(() -> ask(length, wanted, resendMs), () -> "answers=" + answers);
    }

    /** One round of insisting. Returns null as long as there is no answer. */
    Answer tryInsist(final int length, final long requestId) {
        return ask(length, answer -> answer.requestId == requestId, RESEND_SOON_MS);
    }

    private Answer ask(final int length, final Predicate<Answer> wanted, final long resendMs) {
        if (System.nanoTime() - resendNs >= 0 && tryOffer(length)) {
            resendNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(resendMs);
        }
        poll();
        return take(wanted);
    }

    /** Sends the encoded command once. */
    void send(final int length) {
        Await.until(() -> {
            poll();
            return tryOffer(length);
        });
    }

    /** Waits for an answer that comes by itself. */
    Answer await(final Predicate<Answer> wanted) {
        return Await.given(
                () -> {
                    poll();
                    return take(wanted);
                },
                () -> "answers=" + answers);
    }

    /** Says that it lives, and hears nothing. */
    void keepAlive() {
        cluster.sendKeepAlive();
    }

    /** Hears what there is, once. */
    void hear() {
        poll();
    }

    /** Offers the encoded command in the session that it has, if any, and hears what there is. */
    void mutter(final int length) {
        final boolean isConnected = cluster != null && !cluster.isClosed();
        if (isConnected && System.nanoTime() - resendNs >= 0 && cluster.offer(buffer, 0, length) > 0) {
            resendNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RESEND_SOON_MS);
        }
        poll();
    }

    /** Throws away what was heard and not taken yet. */
    void forget(final Predicate<Answer> unwanted) {
        answers.removeIf(unwanted);
    }

    /** Tells every answer that comes from now on, once. */
    void tell(final Consumer<Answer> listener) {
        listeners.add(listener);
    }

    /** Directory of its media driver. */
    Path aeronDirectory() {
        return Path.of(driver.aeronDirectoryName());
    }

    @Override
    public void onMessage(
            final long clusterSessionId,
            final long timestamp,
            final DirectBuffer in,
            final int offset,
            final int length,
            final Header aeronHeader) {
        headerIn.wrap(in, offset);
        if (isTooEarly(in, offset)) {
            resendNs = System.nanoTime();
            return;
        }
        final Answer answer = switch (headerIn.templateId()) {
            case GrantedDecoder.TEMPLATE_ID -> granted(in, offset);
            case QueuedDecoder.TEMPLATE_ID -> queued(in, offset);
            case DeniedDecoder.TEMPLATE_ID -> denied(in, offset);
            case RenewedDecoder.TEMPLATE_ID -> renewed(in, offset);
            case ReleasedDecoder.TEMPLATE_ID -> released(in, offset);
            case LeaseRefusedDecoder.TEMPLATE_ID -> refused(in, offset);
            case LeasesDecoder.TEMPLATE_ID -> leases(in, offset);
            case WaitCancelledDecoder.TEMPLATE_ID -> waitCancelled(in, offset);
            case RevokedDecoder.TEMPLATE_ID -> revoked(in, offset);
            case DescribedDecoder.TEMPLATE_ID -> described(in, offset);
            case WatchingDecoder.TEMPLATE_ID -> watching(in, offset);
            case LeaseEventDecoder.TEMPLATE_ID -> event(in, offset);
            case WatchDroppedDecoder.TEMPLATE_ID -> dropped(in, offset);
            case UnwatchedDecoder.TEMPLATE_ID -> unwatched(in, offset);
            default -> throw new AssertionError("unknown template: " + headerIn.templateId());
        };
        answers.add(answer);
        listeners.forEach(listener -> listener.accept(answer));
    }

    @Override
    public void close() {
        CloseHelper.quietClose(cluster);
        CloseHelper.close(driver);
    }

    /** The cluster is not founded yet: as a client does, it asks again. */
    private boolean isTooEarly(final DirectBuffer in, final int offset) {
        return headerIn.templateId() == LeaseRefusedDecoder.TEMPLATE_ID
                && new LeaseRefusedDecoder()
                                .wrapAndApplyHeader(in, offset, headerIn)
                                .verdict()
                        == LeaseVerdict.NOT_FOUNDED.code();
    }

    private boolean tryOffer(final int length) {
        connect();
        return cluster != null && cluster.offer(buffer, 0, length) > 0;
    }

    private void poll() {
        try {
            if (cluster != null && !cluster.isClosed()) {
                cluster.sendKeepAlive();
                cluster.pollEgress();
            }
        } catch (final RuntimeException e) {
            // Aeron's client throws where a leader is lost in the middle of a connect; a new session mends it.
            CloseHelper.quietClose(cluster);
        }
    }

    private void connect() {
        if (cluster != null && !cluster.isClosed()) {
            return;
        }
        try {
            cluster = AeronCluster.connect(new AeronCluster.Context()
                    .aeronDirectoryName(driver.aeronDirectoryName())
                    .errorHandler(error -> {})
                    .egressListener(this)
                    .egressChannel("aeron:udp?endpoint=localhost:0")
                    .ingressChannel("aeron:udp")
                    .ingressEndpoints(ingressEndpoints)
                    .newLeaderTimeoutNs(TimeUnit.SECONDS.toNanos(3))
                    .messageTimeoutNs(TimeUnit.SECONDS.toNanos(3)));
        } catch (final RuntimeException e) {
            cluster = null;
        }
    }

    private Answer take(final Predicate<Answer> wanted) {
        for (final Answer answer : answers) {
            if (wanted.test(answer)) {
                answers.remove(answer);
                return answer;
            }
        }
        return null;
    }

    private Answer granted(final DirectBuffer in, final int offset) {
        final GrantedDecoder d = new GrantedDecoder().wrapAndApplyHeader(in, offset, headerIn);
        return new Answer(
                "Granted",
                d.clientId(),
                d.requestId(),
                d.token(),
                d.remainingMs(),
                d.seal(),
                null,
                0,
                false,
                List.of(d.resource()),
                Lease.NONE);
    }

    private Answer queued(final DirectBuffer in, final int offset) {
        final QueuedDecoder d = new QueuedDecoder().wrapAndApplyHeader(in, offset, headerIn);
        return new Answer(
                "Queued", d.clientId(), d.requestId(), 0, 0, 0, null, d.place(), false, List.of(), Lease.NONE);
    }

    private Answer denied(final DirectBuffer in, final int offset) {
        final DeniedDecoder d = new DeniedDecoder().wrapAndApplyHeader(in, offset, headerIn);
        return new Answer(
                "Denied",
                d.clientId(),
                d.requestId(),
                d.token(),
                d.remainingMs(),
                0,
                null,
                0,
                false,
                List.of(),
                Lease.NONE);
    }

    private Answer renewed(final DirectBuffer in, final int offset) {
        final RenewedDecoder d = new RenewedDecoder().wrapAndApplyHeader(in, offset, headerIn);
        return new Answer(
                "Renewed",
                d.clientId(),
                d.requestId(),
                d.token(),
                d.remainingMs(),
                d.seal(),
                null,
                0,
                false,
                List.of(),
                Lease.NONE);
    }

    private Answer released(final DirectBuffer in, final int offset) {
        final ReleasedDecoder d = new ReleasedDecoder().wrapAndApplyHeader(in, offset, headerIn);
        return new Answer(
                "Released", d.clientId(), d.requestId(), d.token(), 0, 0, null, 0, false, List.of(), Lease.NONE);
    }

    private Answer refused(final DirectBuffer in, final int offset) {
        final LeaseRefusedDecoder d = new LeaseRefusedDecoder().wrapAndApplyHeader(in, offset, headerIn);
        return new Answer(
                "LeaseRefused",
                d.clientId(),
                d.requestId(),
                d.currentToken(),
                0,
                0,
                LeaseVerdict.ofCode(d.verdict()),
                0,
                false,
                List.of(),
                Lease.NONE);
    }

    private Answer leases(final DirectBuffer in, final int offset) {
        final LeasesDecoder d = new LeasesDecoder().wrapAndApplyHeader(in, offset, headerIn);
        final long requestId = d.requestId();
        final long clientId = d.clientId();
        final boolean more = d.more() == 1;
        final List<String> names = new ArrayList<>();
        for (final LeasesDecoder.LeaseDecoder lease : d.lease()) {
            names.add(lease.resource());
        }
        return new Answer("Leases", clientId, requestId, 0, 0, 0, null, 0, more, names, Lease.NONE);
    }

    private Answer waitCancelled(final DirectBuffer in, final int offset) {
        final WaitCancelledDecoder d = new WaitCancelledDecoder().wrapAndApplyHeader(in, offset, headerIn);
        return new Answer("WaitCancelled", d.clientId(), d.requestId(), 0, 0, 0, null, 0, false, List.of(), Lease.NONE);
    }

    private Answer revoked(final DirectBuffer in, final int offset) {
        final RevokedDecoder d = new RevokedDecoder().wrapAndApplyHeader(in, offset, headerIn);
        final List<String> names = List.of(d.resource());
        return new Answer(
                "Revoked",
                d.clientId(),
                d.requestId(),
                d.token(),
                0,
                d.seal(),
                null,
                0,
                false,
                names,
                new Lease(0, d.revokedHolder(), null));
    }

    private Answer described(final DirectBuffer in, final int offset) {
        final DescribedDecoder d = new DescribedDecoder().wrapAndApplyHeader(in, offset, headerIn);
        final List<String> names = List.of(d.resource());
        return new Answer(
                "Described",
                d.clientId(),
                d.requestId(),
                d.token(),
                d.remainingMs(),
                0,
                null,
                d.waiters(),
                false,
                names,
                new Lease(0, d.holder(), null));
    }

    private Answer watching(final DirectBuffer in, final int offset) {
        final WatchingDecoder d = new WatchingDecoder().wrapAndApplyHeader(in, offset, headerIn);
        return watch("Watching", d.clientId(), d.requestId(), d.revision());
    }

    private Answer dropped(final DirectBuffer in, final int offset) {
        final WatchDroppedDecoder d = new WatchDroppedDecoder().wrapAndApplyHeader(in, offset, headerIn);
        return watch("WatchDropped", d.clientId(), d.watchRequestId(), d.revision());
    }

    private Answer unwatched(final DirectBuffer in, final int offset) {
        final UnwatchedDecoder d = new UnwatchedDecoder().wrapAndApplyHeader(in, offset, headerIn);
        return watch("Unwatched", d.clientId(), d.requestId(), 0);
    }

    private Answer event(final DirectBuffer in, final int offset) {
        final LeaseEventDecoder d = new LeaseEventDecoder().wrapAndApplyHeader(in, offset, headerIn);
        final LeaseEventKind kind = LeaseEventKind.ofCode(d.kind());
        final List<String> names = List.of(d.resource());
        return new Answer(
                "LeaseEvent",
                d.clientId(),
                d.watchRequestId(),
                d.token(),
                d.remainingMs(),
                0,
                null,
                0,
                false,
                names,
                new Lease(d.revision(), d.holder(), kind));
    }

    private static Answer watch(final String kind, final long clientId, final long requestId, final long revision) {
        return new Answer(kind, clientId, requestId, 0, 0, 0, null, 0, false, List.of(), new Lease(revision, 0, null));
    }
}
