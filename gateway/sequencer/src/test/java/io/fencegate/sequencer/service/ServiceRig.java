package io.fencegate.sequencer.service;

import io.aeron.DirectBufferVector;
import io.aeron.Publication;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.logbuffer.BufferClaim;
import io.fencegate.codecs.wire.AccessDecoder;
import io.fencegate.codecs.wire.DescribedDecoder;
import io.fencegate.codecs.wire.FloorKeptDecoder;
import io.fencegate.codecs.wire.FloorRaisedDecoder;
import io.fencegate.codecs.wire.GrantedDecoder;
import io.fencegate.codecs.wire.KeysDecoder;
import io.fencegate.codecs.wire.LeaseEventDecoder;
import io.fencegate.codecs.wire.LeaseRefusedDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.QueuedDecoder;
import io.fencegate.codecs.wire.ReleasedDecoder;
import io.fencegate.codecs.wire.RenewedDecoder;
import io.fencegate.codecs.wire.RevokedDecoder;
import io.fencegate.codecs.wire.UnwatchedDecoder;
import io.fencegate.codecs.wire.WaitCancelledDecoder;
import io.fencegate.codecs.wire.WatchDroppedDecoder;
import io.fencegate.codecs.wire.WatchingDecoder;
import io.fencegate.core.access.AccessChange;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseEventKind;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.WireCommands;
import io.fencegate.sequencer.charter.Charter;
import io.fencegate.sequencer.charter.KeyChange;
import io.fencegate.sequencer.counters.CounterMirror;
import io.fencegate.sequencer.counters.SequencerCounters;
import io.fencegate.sequencer.snapshot.SnapshotAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A sequencer's service without a cluster: the log is spoken to it by hand, and time is moved by hand. */
final class ServiceRig {
    static final LeaseLimits LIMITS = new LeaseLimits(100, 10, 50, 20, 5, 4, 8, 60_000);
    static final long TICK_MS = 100;

    final SequencerCounters counters = new SequencerCounters();
    final SequencerService service;
    final List<String> said = new ArrayList<>();

    private final RigCluster cluster = new RigCluster();
    final Map<Long, Long> timers = cluster.timers;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final WireCommands commands = new WireCommands(buffer, 0);
    private final long offerResult;

    /** A node whose sessions take every answer. */
    ServiceRig() {
        this(1);
    }

    /** A node whose sessions answer every offer so. */
    ServiceRig(final long offerResult) {
        this(offerResult, LIMITS);
    }

    /** A node with limits of its own. */
    ServiceRig(final long offerResult, final LeaseLimits limits) {
        this(offerResult, new Charter(1, TICK_MS, limits));
    }

    /** A node with a charter of its own. */
    ServiceRig(final long offerResult, final Charter charter) {
        this(offerResult, charter, SealKey.Source.of());
    }

    /** A node with keys of its own. */
    ServiceRig(final SealKey.Source keyFile) {
        this(1, new Charter(1, TICK_MS, LIMITS), keyFile);
    }

    private ServiceRig(final long offerResult, final Charter charter, final SealKey.Source keyFile) {
        this.offerResult = offerResult;
        service =
                new SequencerService(charter, keyFile, counters, new CounterMirror(0, charter.limits(), 20, counters));
    }

    ServiceRig start() {
        service.onStart(cluster, null);
        return this;
    }

    /** Starts where the log is so long. */
    ServiceRig startAt(final long position) {
        cluster.logPosition = position;
        return start();
    }

    /** Starts from the snapshot of another node. */
    ServiceRig startFrom(final List<byte[]> snapshot, final long position) {
        if (!load(snapshot, position)) {
            throw new AssertionError("not whole");
        }
        return this;
    }

    /** Starts from what may be a snapshot. Returns whether it is whole. */
    boolean load(final List<byte[]> snapshot, final long position) {
        startAt(position);
        final SnapshotAdapter adapter = service.restorer();
        for (final byte[] bytes : snapshot) {
            adapter.onRecord(new UnsafeBuffer(bytes), 0, bytes.length);
        }
        return adapter.isWhole();
    }

    List<byte[]> snapshot() {
        final List<byte[]> records = new ArrayList<>();
        service.tell((in, offset, length) -> {
            final byte[] bytes = new byte[length];
            in.getBytes(offset, bytes);
            records.add(bytes);
        });
        return records;
    }

    long logPosition() {
        return cluster.logPosition;
    }

    /** A term begins, and a cluster that is not founded is founded at once. */
    void term(final long leadershipTermId, final long timestamp) {
        termOnly(leadershipTermId, timestamp);
        timers.keySet().stream().filter(id -> id < 0).toList().forEach(id -> fire(id, timestamp));
    }

    /** A term begins. */
    void termOnly(final long leadershipTermId, final long timestamp) {
        cluster.logPosition += 64;
        service.onNewLeadershipTermEvent(
                leadershipTermId, cluster.logPosition, timestamp, 0, 0, 0, TimeUnit.MILLISECONDS, 1);
    }

    void open(final long sessionId, final long timestamp) {
        open(sessionId, timestamp, new byte[0]);
    }

    /** A session of somebody opens. */
    void open(final long sessionId, final long timestamp, final byte[] encodedPrincipal) {
        cluster.logPosition += 64;
        cluster.sessions.put(sessionId, new Session(sessionId, encodedPrincipal));
        service.onSessionOpen(cluster.sessions.get(sessionId), timestamp);
    }

    void close(final long sessionId, final long timestamp) {
        cluster.logPosition += 64;
        service.onSessionClose(cluster.sessions.remove(sessionId), timestamp, CloseReason.TIMEOUT);
    }

    /** The sessions that the cluster's own snapshot restores. */
    void knows(final long sessionId) {
        knows(sessionId, new byte[0]);
    }

    void knows(final long sessionId, final byte[] encodedPrincipal) {
        cluster.sessions.put(sessionId, new Session(sessionId, encodedPrincipal));
    }

    void acquire(
            final long sessionId, final long timestamp, final long clientId, final long requestId, final long waitMs) {
        acquire(sessionId, timestamp, clientId, requestId, waitMs, "orders");
    }

    void acquire(
            final long sessionId,
            final long timestamp,
            final long clientId,
            final long requestId,
            final long waitMs,
            final String resource) {
        message(sessionId, timestamp, commands.acquire(clientId, requestId, 1000, waitMs, resource));
    }

    void renew(
            final long sessionId, final long timestamp, final long clientId, final long requestId, final long token) {
        message(sessionId, timestamp, commands.renew(clientId, requestId, token, 2000, "orders"));
    }

    void release(
            final long sessionId, final long timestamp, final long clientId, final long requestId, final long token) {
        message(sessionId, timestamp, commands.release(clientId, requestId, token, "orders"));
    }

    void cancelWait(
            final long sessionId, final long timestamp, final long clientId, final long requestId, final long waitId) {
        message(sessionId, timestamp, commands.cancelWait(clientId, requestId, waitId, "orders"));
    }

    void revoke(
            final long sessionId, final long timestamp, final long clientId, final long requestId, final long token) {
        message(sessionId, timestamp, commands.revoke(clientId, requestId, token, "orders"));
    }

    void raiseFloor(
            final long sessionId,
            final long timestamp,
            final long requestId,
            final long token,
            final long provenClientId,
            final long proof) {
        message(sessionId, timestamp, commands.raiseFloor(7, requestId, token, provenClientId, proof, "orders"));
    }

    /** An operator's word. */
    void setFloor(final long sessionId, final long timestamp, final long requestId, final long token) {
        message(sessionId, timestamp, commands.raiseFloor(7, requestId, token, 0, 0, ""));
    }

    void describe(final long sessionId, final long timestamp, final long clientId, final long requestId) {
        message(sessionId, timestamp, commands.describe(clientId, requestId, "orders"));
    }

    void watch(
            final long sessionId,
            final long timestamp,
            final long clientId,
            final long requestId,
            final String prefix) {
        message(sessionId, timestamp, commands.watch(clientId, requestId, prefix));
    }

    void unwatch(
            final long sessionId, final long timestamp, final long clientId, final long requestId, final long watchId) {
        message(sessionId, timestamp, commands.unwatch(clientId, requestId, watchId));
    }

    void changeKey(final long sessionId, final long timestamp, final KeyChange change) {
        message(sessionId, timestamp, commands.changeKey(change));
    }

    void describeKeys(final long sessionId, final long timestamp, final long clientId, final long requestId) {
        message(sessionId, timestamp, commands.describeKeys(clientId, requestId));
    }

    void changeAccess(final long sessionId, final long timestamp, final AccessChange change) {
        message(sessionId, timestamp, commands.changeAccess(change));
    }

    void describeAccess(
            final long sessionId, final long timestamp, final long clientId, final long requestId, final int from) {
        message(sessionId, timestamp, commands.describeAccess(clientId, requestId, from));
    }

    void list(
            final long sessionId,
            final long timestamp,
            final long clientId,
            final long requestId,
            final String prefix) {
        message(sessionId, timestamp, commands.list(clientId, requestId, prefix, ""));
    }

    /** Encodes what is said next. */
    WireCommands commands() {
        return commands;
    }

    /** From now on, a session answers every offer so. */
    void answersOffers(final long sessionId, final long result) {
        ((Session) cluster.sessions.get(sessionId)).result = result;
    }

    /** What was said since this was asked last. */
    List<String> takeSaid() {
        final List<String> taken = List.copyOf(said);
        said.clear();
        return taken;
    }

    void message(final long sessionId, final long timestamp, final int length) {
        cluster.logPosition += 128;
        service.onSessionMessage(cluster.sessions.get(sessionId), timestamp, buffer, 0, length, null);
    }

    /** Any bytes, as a client may send them. */
    void bytes(final long sessionId, final long timestamp, final byte[] bytes) {
        cluster.logPosition += 128;
        final UnsafeBuffer exact = new UnsafeBuffer(bytes);
        service.onSessionMessage(cluster.sessions.get(sessionId), timestamp, exact, 0, bytes.length, null);
    }

    void fire(final long timerId, final long timestamp) {
        cluster.logPosition += 64;
        timers.remove(timerId);
        service.onTimerEvent(timerId, timestamp);
    }

    private void hear(final long sessionId, final DirectBuffer in, final int offset) {
        final MessageHeaderDecoder h = new MessageHeaderDecoder().wrap(in, offset);
        said.add(sessionId + ": "
                + switch (h.templateId()) {
                    case GrantedDecoder.TEMPLATE_ID -> {
                        final GrantedDecoder d = new GrantedDecoder().wrapAndApplyHeader(in, offset, h);
                        yield "Granted client=" + d.clientId() + " request=" + d.requestId() + " token=" + d.token()
                                + " remaining=" + d.remainingMs();
                    }
                    case QueuedDecoder.TEMPLATE_ID -> {
                        final QueuedDecoder d = new QueuedDecoder().wrapAndApplyHeader(in, offset, h);
                        yield "Queued client=" + d.clientId() + " place=" + d.place();
                    }
                    case ReleasedDecoder.TEMPLATE_ID -> "Released";
                    case LeaseRefusedDecoder.TEMPLATE_ID -> {
                        final LeaseRefusedDecoder d = new LeaseRefusedDecoder().wrapAndApplyHeader(in, offset, h);
                        yield LeaseVerdict.ofCode(d.verdict()) + " client=" + d.clientId() + " token="
                                + d.currentToken() + " holder=" + d.currentHolder() + " end="
                                + LeaseEnd.ofCode(d.reason());
                    }
                    case WaitCancelledDecoder.TEMPLATE_ID ->
                        "WaitCancelled wait="
                                + new WaitCancelledDecoder()
                                        .wrapAndApplyHeader(in, offset, h)
                                        .waitRequestId();
                    case RevokedDecoder.TEMPLATE_ID -> {
                        final RevokedDecoder d = new RevokedDecoder().wrapAndApplyHeader(in, offset, h);
                        yield "Revoked token=" + d.token() + " revoked=" + d.revokedToken() + " holder="
                                + d.revokedHolder() + " seal=" + d.seal() + " name=" + d.resource();
                    }
                    case FloorRaisedDecoder.TEMPLATE_ID, FloorKeptDecoder.TEMPLATE_ID -> floor(in, offset, h);
                    case DescribedDecoder.TEMPLATE_ID -> {
                        final DescribedDecoder d = new DescribedDecoder().wrapAndApplyHeader(in, offset, h);
                        yield "Described holder=" + d.holder() + " token=" + d.token() + " ttl=" + d.ttlMs()
                                + " remaining=" + d.remainingMs() + " waiters=" + d.waiters() + " name=" + d.resource();
                    }
                    case WatchingDecoder.TEMPLATE_ID -> {
                        final WatchingDecoder d = new WatchingDecoder().wrapAndApplyHeader(in, offset, h);
                        yield "Watching client=" + d.clientId() + " request=" + d.requestId() + " revision="
                                + d.revision();
                    }
                    case LeaseEventDecoder.TEMPLATE_ID -> {
                        final LeaseEventDecoder d = new LeaseEventDecoder().wrapAndApplyHeader(in, offset, h);
                        yield "Event watch=" + d.watchRequestId() + " revision=" + d.revision() + " "
                                + LeaseEventKind.ofCode(d.kind()) + " holder=" + d.holder() + " token=" + d.token()
                                + " remaining=" + d.remainingMs() + " name=" + d.resource();
                    }
                    case WatchDroppedDecoder.TEMPLATE_ID -> {
                        final WatchDroppedDecoder d = new WatchDroppedDecoder().wrapAndApplyHeader(in, offset, h);
                        yield "Dropped watch=" + d.watchRequestId() + " revision=" + d.revision();
                    }
                    case UnwatchedDecoder.TEMPLATE_ID ->
                        "Unwatched watch="
                                + new UnwatchedDecoder()
                                        .wrapAndApplyHeader(in, offset, h)
                                        .watchRequestId();
                    default -> rare(in, offset, h);
                });
    }

    private static String access(final AccessDecoder d) {
        final StringBuilder text = new StringBuilder("Access client=" + d.clientId() + " request=" + d.requestId()
                + " revision=" + d.revision() + " rules=" + d.rules() + " from=" + d.from() + " more=" + d.more());
        d.rule()
                .forEach(rule -> text.append(' ')
                        .append(rule.rights())
                        .append('/')
                        .append(rule.principal())
                        .append('/')
                        .append(rule.prefix()));
        return text.toString();
    }

    /** Both answers have one shape. */
    private static String floor(final DirectBuffer in, final int offset, final MessageHeaderDecoder h) {
        final FloorRaisedDecoder d = new FloorRaisedDecoder();
        d.wrap(in, offset + h.encodedLength(), h.blockLength(), h.version());
        return (h.templateId() == FloorRaisedDecoder.TEMPLATE_ID ? "FloorRaised" : "FloorKept") + " request="
                + d.requestId() + " termOffset=" + d.termOffset();
    }

    private static String rare(final DirectBuffer in, final int offset, final MessageHeaderDecoder h) {
        return switch (h.templateId()) {
            case RenewedDecoder.TEMPLATE_ID -> {
                final RenewedDecoder d = new RenewedDecoder().wrapAndApplyHeader(in, offset, h);
                yield "Renewed client=" + d.clientId() + " token=" + d.token() + " seal=" + d.seal();
            }
            case KeysDecoder.TEMPLATE_ID -> {
                final KeysDecoder d = new KeysDecoder().wrapAndApplyHeader(in, offset, h);
                yield "Keys request=" + d.requestId() + " revision=" + d.revision() + " live="
                        + List.of(d.newest(), d.older()).subList(0, d.live()) + " retirement="
                        + d.retirementPosition();
            }
            case AccessDecoder.TEMPLATE_ID -> access(new AccessDecoder().wrapAndApplyHeader(in, offset, h));
            default -> "template " + h.templateId();
        };
    }

    /** A client's session that remembers what it was told. */
    private final class Session implements ClientSession {
        private final long id;
        private final byte[] encodedPrincipal;
        private long result = offerResult;

        Session(final long id, final byte[] encodedPrincipal) {
            this.id = id;
            this.encodedPrincipal = encodedPrincipal;
        }

        @Override
        public long id() {
            return id;
        }

        @Override
        public int responseStreamId() {
            return 102;
        }

        @Override
        public String responseChannel() {
            return "";
        }

        @Override
        public byte[] encodedPrincipal() {
            return encodedPrincipal;
        }

        @Override
        public void close() {
            throw new AssertionError("nobody closes sessions");
        }

        @Override
        public boolean isClosing() {
            return false;
        }

        @Override
        public long offer(final DirectBuffer in, final int offset, final int length) {
            if (result > 0) {
                hear(id, in, offset);
            }
            return result;
        }

        @Override
        public long offer(final DirectBufferVector[] vectors) {
            return Publication.NOT_CONNECTED;
        }

        @Override
        public long tryClaim(final int length, final BufferClaim bufferClaim) {
            return Publication.NOT_CONNECTED;
        }
    }
}
