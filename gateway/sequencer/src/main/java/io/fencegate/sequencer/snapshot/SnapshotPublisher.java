package io.fencegate.sequencer.snapshot;

import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.snapshot.MessageHeaderEncoder;
import io.fencegate.codecs.snapshot.SnapshotAccessEncoder;
import io.fencegate.codecs.snapshot.SnapshotAnswerEncoder;
import io.fencegate.codecs.snapshot.SnapshotBeginEncoder;
import io.fencegate.codecs.snapshot.SnapshotCharterEncoder;
import io.fencegate.codecs.snapshot.SnapshotClientEncoder;
import io.fencegate.codecs.snapshot.SnapshotClockEncoder;
import io.fencegate.codecs.snapshot.SnapshotEndEncoder;
import io.fencegate.codecs.snapshot.SnapshotEndedEncoder;
import io.fencegate.codecs.snapshot.SnapshotEventsEncoder;
import io.fencegate.codecs.snapshot.SnapshotKeysEncoder;
import io.fencegate.codecs.snapshot.SnapshotLeaseEncoder;
import io.fencegate.codecs.snapshot.SnapshotRouteEncoder;
import io.fencegate.codecs.snapshot.SnapshotTokensEncoder;
import io.fencegate.codecs.snapshot.SnapshotWaitEncoder;
import io.fencegate.codecs.snapshot.SnapshotWatchEncoder;
import io.fencegate.core.access.AccessChange;
import io.fencegate.core.access.AccessRule;
import io.fencegate.core.access.Principal;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.lease.LeaseStateVisitor;
import io.fencegate.core.lease.command.CommandKind;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.charter.KeyChange;
import io.fencegate.sequencer.charter.LiveKeys;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes one snapshot: {@link #begin}, {@link #charter}, {@link #keys}, the state of the leases as a visitor, the routes, {@link #end}.
 *
 * <p>Used once, by the thread that takes the snapshot.
 */
public final class SnapshotPublisher implements LeaseStateVisitor {
    private final RecordSink sink;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[WireLimits.SEQUENCER_MESSAGE_LENGTH_MAX]);
    private final SnapshotTally tally = new SnapshotTally(WireLimits.SEQUENCER_MESSAGE_LENGTH_MAX);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SnapshotClientEncoder client = new SnapshotClientEncoder();
    private final SnapshotAnswerEncoder answer = new SnapshotAnswerEncoder();
    private final SnapshotLeaseEncoder lease = new SnapshotLeaseEncoder();
    private final SnapshotWaitEncoder wait = new SnapshotWaitEncoder();
    private final SnapshotEndedEncoder ended = new SnapshotEndedEncoder();
    private final SnapshotWatchEncoder watch = new SnapshotWatchEncoder();
    private final AccessRecords access = new AccessRecords();
    private final SnapshotRouteEncoder route = new SnapshotRouteEncoder();

    /**
     * Builds a publisher of one snapshot.
     *
     * @param sink of its records
     */
    public SnapshotPublisher(final RecordSink sink) {
        this.sink = sink;
    }

    /**
     * Writes the first record.
     *
     * @param logPosition up to which the snapshot tells
     * @param timerId last id of the tick timer
     * @param timerIsRunning whether it is scheduled
     * @param limits by which all answers were decided
     */
    public void begin(
            final long logPosition, final long timerId, final boolean timerIsRunning, final LeaseLimits limits) {
        final SnapshotBeginEncoder begin = new SnapshotBeginEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .logPosition(logPosition)
                .timerId(timerId)
                .answersKeptMs(limits.answersKeptMs())
                .leasesMax(limits.leases())
                .waitersPerResourceMax(limits.waitersPerResource())
                .waitersMax(limits.waiters())
                .clientsMax(limits.clients())
                .watchesMax(limits.watches())
                .watchesPerSessionMax(limits.watchesPerSession())
                .answersPerClientMax(limits.answersPerClient())
                .timerIsRunning((short) (timerIsRunning ? 1 : 0));
        put(SnapshotBeginEncoder.TEMPLATE_ID, begin.encodedLength());
    }

    /**
     * Writes the second record.
     *
     * @param isFounded whether commands are decided
     * @param digest of the charter by which they are
     */
    public void charter(final boolean isFounded, final long digest) {
        final SnapshotCharterEncoder charter = new SnapshotCharterEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .digest(digest)
                .isFounded((short) (isFounded ? 1 : 0));
        put(SnapshotCharterEncoder.TEMPLATE_ID, charter.encodedLength());
    }

    /**
     * Writes the third record.
     *
     * @param keys that are live
     */
    public void keys(final LiveKeys keys) {
        final List<Long> live = keys.fingerprints();
        final KeyChange last = keys.last();
        final SnapshotKeysEncoder encoder = new SnapshotKeysEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .revision(keys.revision())
                .newest(live.isEmpty() ? 0 : live.get(0))
                .older(live.size() < 2 ? 0 : live.get(1))
                .retirementPosition(keys.retirementPosition())
                .lastClientId(last == null ? 0 : last.clientId())
                .lastRequestId(last == null ? 0 : last.requestId())
                .lastFingerprint(last == null ? 0 : last.fingerprint())
                .lastRevision(last == null ? 0 : last.revision())
                .live((short) live.size())
                .lastAction(last == null ? 0 : last.action().code());
        put(SnapshotKeysEncoder.TEMPLATE_ID, encoder.encodedLength());
    }

    @Override
    public void onClock(final long leadershipTermId, final long timestampMs, final long logTimeMs) {
        final SnapshotClockEncoder clock = new SnapshotClockEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .leadershipTermId(leadershipTermId)
                .timestampMs(timestampMs)
                .logTimeMs(logTimeMs);
        put(SnapshotClockEncoder.TEMPLATE_ID, clock.encodedLength());
    }

    @Override
    public void onTokens(final long termOffset, final long leadershipTermId, final long serial) {
        final SnapshotTokensEncoder tokens = new SnapshotTokensEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .termOffset(termOffset)
                .leadershipTermId(leadershipTermId)
                .serial(serial);
        put(SnapshotTokensEncoder.TEMPLATE_ID, tokens.encodedLength());
    }

    @Override
    public void onEvents(final long revision, final long watchNumberLast) {
        final SnapshotEventsEncoder events = new SnapshotEventsEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .revision(revision)
                .watchNumberLast(watchNumberLast);
        put(SnapshotEventsEncoder.TEMPLATE_ID, events.encodedLength());
    }

    @Override
    public void onAccess(final long revision, final AccessChange last) {
        put(SnapshotAccessEncoder.TEMPLATE_ID, access.changes(buffer, header, revision, last));
    }

    @Override
    public void onRule(final AccessRule rule) {
        put(SnapshotAccessEncoder.TEMPLATE_ID, access.rule(buffer, header, rule));
    }

    @Override
    public void onClient(
            final long clientId,
            final Principal principal,
            final long forgottenHighest,
            final boolean busy,
            final long idleSinceMs) {
        onPrincipal(principal);
        client.wrapAndApplyHeader(buffer, 0, header)
                .clientId(clientId)
                .forgottenHighest(forgottenHighest)
                .idleSinceMs(idleSinceMs)
                .isBusy((short) (busy ? 1 : 0));
        put(SnapshotClientEncoder.TEMPLATE_ID, client.encodedLength());
    }

    @Override
    public void onEnded(final long token, final LeaseEnd end) {
        ended.wrapAndApplyHeader(buffer, 0, header).token(token).end((short) end.code());
        put(SnapshotEndedEncoder.TEMPLATE_ID, ended.encodedLength());
    }

    @Override
    public void onAnswer(
            final CommandKind kind,
            final LeaseCommand command,
            final LeaseVerdict verdict,
            final long holder,
            final long token,
            final long ttlMs,
            final long deadlineMs,
            final LeaseEnd end) {
        answer.wrapAndApplyHeader(buffer, 0, header)
                .requestId(command.requestId())
                .token(command.token())
                .ttlMs(command.ttlMs())
                .waitMs(command.waitMs())
                .answerToken(token)
                .answerTtlMs(ttlMs)
                .deadlineMs(deadlineMs)
                .waitRequestId(command.waitRequestId())
                .answerHolder(holder)
                .provenClientId(command.provenClientId())
                .proof(command.proof())
                .kind((short) kind.code())
                .verdict((short) verdict.code())
                .end((short) end.code())
                .putResource(command.nameBuffer(), command.nameOffset(), command.nameLength());
        put(SnapshotAnswerEncoder.TEMPLATE_ID, answer.encodedLength());
    }

    @Override
    public void onLease(
            final long holder,
            final long token,
            final long ttlMs,
            final long deadlineMs,
            final DirectBuffer name,
            final int offset,
            final int length) {
        lease.wrapAndApplyHeader(buffer, 0, header)
                .holder(holder)
                .token(token)
                .ttlMs(ttlMs)
                .deadlineMs(deadlineMs)
                .putResource(name, offset, length);
        put(SnapshotLeaseEncoder.TEMPLATE_ID, lease.encodedLength());
    }

    @Override
    public void onWait(final LeaseCommand acquire, final long deadlineMs, final long order) {
        wait.wrapAndApplyHeader(buffer, 0, header)
                .clientId(acquire.clientId())
                .requestId(acquire.requestId())
                .ttlMs(acquire.ttlMs())
                .waitMs(acquire.waitMs())
                .deadlineMs(deadlineMs)
                .order(order)
                .putResource(acquire.nameBuffer(), acquire.nameOffset(), acquire.nameLength());
        put(SnapshotWaitEncoder.TEMPLATE_ID, wait.encodedLength());
    }

    @Override
    public void onWatch(final long number, final LeaseCommand command, final long sessionId) {
        onPrincipal(command.principal());
        watch.wrapAndApplyHeader(buffer, 0, header)
                .number(number)
                .clientId(command.clientId())
                .requestId(command.requestId())
                .sessionId(sessionId)
                .putPrefix(command.nameBuffer(), command.nameOffset(), command.nameLength());
        put(SnapshotWatchEncoder.TEMPLATE_ID, watch.encodedLength());
    }

    /**
     * Writes a route.
     *
     * @param clientId of the client
     * @param sessionId of its cluster session
     */
    public void onRoute(final long clientId, final long sessionId) {
        route.wrapAndApplyHeader(buffer, 0, header).clientId(clientId).sessionId(sessionId);
        put(SnapshotRouteEncoder.TEMPLATE_ID, route.encodedLength());
    }

    /** Writes the last record. */
    public void end() {
        final SnapshotEndEncoder end = new SnapshotEndEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .records(tally.records())
                .clients(tally.records(SnapshotClientEncoder.TEMPLATE_ID))
                .answers(tally.records(SnapshotAnswerEncoder.TEMPLATE_ID))
                .leases(tally.records(SnapshotLeaseEncoder.TEMPLATE_ID))
                .waits(tally.records(SnapshotWaitEncoder.TEMPLATE_ID))
                .routes(tally.records(SnapshotRouteEncoder.TEMPLATE_ID))
                .ended(tally.records(SnapshotEndedEncoder.TEMPLATE_ID))
                .watches(tally.records(SnapshotWatchEncoder.TEMPLATE_ID))
                .crc(tally.crc());
        sink.onRecord(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + end.encodedLength());
    }

    /** Whose the next record is; nothing is said where it is nobody's in particular. */
    private void onPrincipal(final Principal principal) {
        if (principal.isNamed()) {
            put(SnapshotAccessEncoder.TEMPLATE_ID, access.principal(buffer, header, principal));
        }
    }

    private void put(final int templateId, final int encodedLength) {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
        tally.onRecord(templateId, buffer, 0, length);
        sink.onRecord(buffer, 0, length);
    }
}
