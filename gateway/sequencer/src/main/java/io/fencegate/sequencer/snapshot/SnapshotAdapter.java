package io.fencegate.sequencer.snapshot;

import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.snapshot.MessageHeaderDecoder;
import io.fencegate.codecs.snapshot.NameEncodingDecoder;
import io.fencegate.codecs.snapshot.SnapshotAccessDecoder;
import io.fencegate.codecs.snapshot.SnapshotAnswerDecoder;
import io.fencegate.codecs.snapshot.SnapshotBeginDecoder;
import io.fencegate.codecs.snapshot.SnapshotCharterDecoder;
import io.fencegate.codecs.snapshot.SnapshotClientDecoder;
import io.fencegate.codecs.snapshot.SnapshotClockDecoder;
import io.fencegate.codecs.snapshot.SnapshotEndDecoder;
import io.fencegate.codecs.snapshot.SnapshotEndedDecoder;
import io.fencegate.codecs.snapshot.SnapshotEventsDecoder;
import io.fencegate.codecs.snapshot.SnapshotKeysDecoder;
import io.fencegate.codecs.snapshot.SnapshotLeaseDecoder;
import io.fencegate.codecs.snapshot.SnapshotRouteDecoder;
import io.fencegate.codecs.snapshot.SnapshotTokensDecoder;
import io.fencegate.codecs.snapshot.SnapshotWaitDecoder;
import io.fencegate.codecs.snapshot.SnapshotWatchDecoder;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.SealKey.Action;
import io.fencegate.core.lease.LeaseStateVisitor;
import io.fencegate.core.lease.command.CommandKind;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.charter.KeyChange;
import io.fencegate.sequencer.charter.LiveKeys;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Decodes one snapshot and tells it on, record by record. Whoever was told must not use it before {@link #isWhole}: a
 * record that is missing, changed or too many is known at the end.
 *
 * <p>Used once, by the thread that loads the snapshot.
 */
public final class SnapshotAdapter {
    private static final int NONE = 0;

    /** The first records, in this order. */
    private static final List<Integer> HEAD = List.of(
            SnapshotBeginDecoder.TEMPLATE_ID,
            SnapshotCharterDecoder.TEMPLATE_ID,
            SnapshotKeysDecoder.TEMPLATE_ID,
            SnapshotClockDecoder.TEMPLATE_ID,
            SnapshotTokensDecoder.TEMPLATE_ID,
            SnapshotEventsDecoder.TEMPLATE_ID);

    private static final int NAME_LENGTH_BYTES = NameEncodingDecoder.varDataEncodingOffset();

    private final SnapshotHandler handler;
    private final LeaseStateVisitor state;
    private final SnapshotTally tally = new SnapshotTally(WireLimits.SEQUENCER_MESSAGE_LENGTH_MAX);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SnapshotClientDecoder client = new SnapshotClientDecoder();
    private final SnapshotAnswerDecoder answer = new SnapshotAnswerDecoder();
    private final SnapshotLeaseDecoder lease = new SnapshotLeaseDecoder();
    private final SnapshotWaitDecoder wait = new SnapshotWaitDecoder();
    private final SnapshotEndedDecoder ended = new SnapshotEndedDecoder();
    private final SnapshotWatchDecoder watch = new SnapshotWatchDecoder();
    private final SnapshotRouteDecoder route = new SnapshotRouteDecoder();
    private final AccessRecords access = new AccessRecords();
    private final LeaseCommand command = new LeaseCommand();
    private long clientIdLast;
    private int templateIdLast = NONE;

    /**
     * Builds an adapter of one snapshot.
     *
     * @param handler told of all but the leases
     * @param state told of the leases
     */
    public SnapshotAdapter(final SnapshotHandler handler, final LeaseStateVisitor state) {
        this.handler = handler;
        this.state = state;
    }

    /** Whether the last record has come, and all before it. @return true if the snapshot may be used */
    public boolean isWhole() {
        return templateIdLast == SnapshotEndDecoder.TEMPLATE_ID;
    }

    /**
     * Decodes the next record.
     *
     * @param buffer holding the record
     * @param offset of the record
     * @param length of the record in bytes
     * @throws SnapshotException if it is not a record that may come next
     */
    public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH || length > WireLimits.SEQUENCER_MESSAGE_LENGTH_MAX) {
            throw new SnapshotException("a snapshot's record has a bad length: length=" + length);
        }
        header.wrap(buffer, offset);
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID
                || header.version() != MessageHeaderDecoder.SCHEMA_VERSION) {
            throw new SnapshotException("a snapshot's record is of another schema: schemaId=" + header.schemaId()
                    + " version=" + header.version());
        }
        final int templateId = header.templateId();
        checkOrder(templateId);
        try {
            dispatch(templateId, buffer, offset, length);
        } catch (final IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new SnapshotException(
                    "a snapshot can not be taken over: record=" + tally.records() + " template=" + templateId
                            + " reason=" + e.getMessage(),
                    e);
        }
        tally.onRecord(templateId, buffer, offset, length);
        templateIdLast = templateId;
    }

    private void dispatch(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        final int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        final int end = offset + length;
        switch (templateId) {
            case SnapshotBeginDecoder.TEMPLATE_ID -> onBegin(buffer, block, end);
            case SnapshotCharterDecoder.TEMPLATE_ID -> onCharter(buffer, block, end);
            case SnapshotKeysDecoder.TEMPLATE_ID -> onKeys(buffer, block, end);
            case SnapshotClockDecoder.TEMPLATE_ID -> onClock(buffer, block, end);
            case SnapshotTokensDecoder.TEMPLATE_ID -> onTokens(buffer, block, end);
            case SnapshotEventsDecoder.TEMPLATE_ID -> onEvents(buffer, block, end);
            case SnapshotAccessDecoder.TEMPLATE_ID -> onAccess(buffer, block, end);
            case SnapshotClientDecoder.TEMPLATE_ID -> onClient(buffer, block, end);
            case SnapshotEndedDecoder.TEMPLATE_ID -> onEnded(buffer, block, end);
            case SnapshotAnswerDecoder.TEMPLATE_ID -> onAnswer(buffer, block, end);
            case SnapshotLeaseDecoder.TEMPLATE_ID -> onLease(buffer, block, end);
            case SnapshotWaitDecoder.TEMPLATE_ID -> onWait(buffer, block, end);
            case SnapshotWatchDecoder.TEMPLATE_ID -> onWatch(buffer, block, end);
            case SnapshotRouteDecoder.TEMPLATE_ID -> onRoute(buffer, block, end);
            case SnapshotEndDecoder.TEMPLATE_ID -> onEnd(buffer, block, end);
            default -> throw new SnapshotException("unknown record in a snapshot: template=" + templateId);
        }
    }

    /**
     * Begin, charter, keys, clock, tokens and events come first and once; nothing follows the end; what has an owner follows
     * its name.
     */
    private void checkOrder(final int templateId) {
        final int place = HEAD.indexOf(templateId);
        final boolean isNext = tally.records() < HEAD.size() ? place == tally.records() : place < 0;
        final boolean mayHaveOwner =
                templateId == SnapshotClientDecoder.TEMPLATE_ID || templateId == SnapshotWatchDecoder.TEMPLATE_ID;
        if (!isNext || isWhole() || access.hasOwner() && !mayHaveOwner) {
            throw new SnapshotException("a snapshot's records are out of order: template=" + templateId + " after="
                    + templateIdLast + " record=" + tally.records());
        }
    }

    private void onBegin(final DirectBuffer buffer, final int block, final int end) {
        checkBlock(SnapshotBeginDecoder.BLOCK_LENGTH, block, end);
        final SnapshotBeginDecoder begin = new SnapshotBeginDecoder()
                .wrap(buffer, block, SnapshotBeginDecoder.BLOCK_LENGTH, SnapshotBeginDecoder.SCHEMA_VERSION);
        final LeaseLimits limits = new LeaseLimits(
                begin.leasesMax(),
                begin.waitersPerResourceMax(),
                begin.waitersMax(),
                begin.clientsMax(),
                begin.watchesMax(),
                begin.watchesPerSessionMax(),
                begin.answersPerClientMax(),
                begin.answersKeptMs());
        handler.onBegin(begin.logPosition(), begin.timerId(), begin.timerIsRunning() == 1, limits);
    }

    private void onCharter(final DirectBuffer buffer, final int block, final int end) {
        checkBlock(SnapshotCharterDecoder.BLOCK_LENGTH, block, end);
        final SnapshotCharterDecoder charter = new SnapshotCharterDecoder()
                .wrap(buffer, block, SnapshotCharterDecoder.BLOCK_LENGTH, SnapshotCharterDecoder.SCHEMA_VERSION);
        handler.onCharter(charter.isFounded() == 1, charter.digest());
    }

    private void onKeys(final DirectBuffer buffer, final int block, final int end) {
        checkBlock(SnapshotKeysDecoder.BLOCK_LENGTH, block, end);
        final SnapshotKeysDecoder keys = new SnapshotKeysDecoder()
                .wrap(buffer, block, SnapshotKeysDecoder.BLOCK_LENGTH, SnapshotKeysDecoder.SCHEMA_VERSION);
        final List<Long> live = List.of(keys.newest(), keys.older()).subList(0, keys.live());
        final Action action = Action.ofCode(keys.lastAction());
        final KeyChange last = action == null
                ? null
                : new KeyChange(
                        keys.lastClientId(),
                        keys.lastRequestId(),
                        action,
                        keys.lastFingerprint(),
                        keys.lastRevision(),
                        0);
        handler.onKeys(new LiveKeys(keys.revision(), live, keys.retirementPosition(), last));
    }

    private void onClock(final DirectBuffer buffer, final int block, final int end) {
        checkBlock(SnapshotClockDecoder.BLOCK_LENGTH, block, end);
        final SnapshotClockDecoder clock = new SnapshotClockDecoder()
                .wrap(buffer, block, SnapshotClockDecoder.BLOCK_LENGTH, SnapshotClockDecoder.SCHEMA_VERSION);
        state.onClock(clock.leadershipTermId(), clock.timestampMs(), clock.logTimeMs());
    }

    private void onTokens(final DirectBuffer buffer, final int block, final int end) {
        checkBlock(SnapshotTokensDecoder.BLOCK_LENGTH, block, end);
        final SnapshotTokensDecoder tokens = new SnapshotTokensDecoder()
                .wrap(buffer, block, SnapshotTokensDecoder.BLOCK_LENGTH, SnapshotTokensDecoder.SCHEMA_VERSION);
        state.onTokens(tokens.termOffset(), tokens.leadershipTermId(), tokens.serial());
    }

    private void onEvents(final DirectBuffer buffer, final int block, final int end) {
        checkBlock(SnapshotEventsDecoder.BLOCK_LENGTH, block, end);
        final SnapshotEventsDecoder events = new SnapshotEventsDecoder()
                .wrap(buffer, block, SnapshotEventsDecoder.BLOCK_LENGTH, SnapshotEventsDecoder.SCHEMA_VERSION);
        state.onEvents(events.revision(), events.watchNumberLast());
    }

    private void onAccess(final DirectBuffer buffer, final int block, final int end) {
        checkBlock(SnapshotAccessDecoder.BLOCK_LENGTH, block, end);
        access.onRecord(buffer, block, end, state);
    }

    private void onClient(final DirectBuffer buffer, final int block, final int end) {
        checkBlock(SnapshotClientDecoder.BLOCK_LENGTH, block, end);
        client.wrap(buffer, block, SnapshotClientDecoder.BLOCK_LENGTH, SnapshotClientDecoder.SCHEMA_VERSION);
        clientIdLast = client.clientId();
        state.onClient(
                clientIdLast,
                access.takeOwner(),
                client.forgottenHighest(),
                client.isBusy() == 1,
                client.idleSinceMs());
    }

    private void onEnded(final DirectBuffer buffer, final int block, final int end) {
        checkBlock(SnapshotEndedDecoder.BLOCK_LENGTH, block, end);
        ended.wrap(buffer, block, SnapshotEndedDecoder.BLOCK_LENGTH, SnapshotEndedDecoder.SCHEMA_VERSION);
        state.onEnded(ended.token(), LeaseEnd.ofCode(ended.end()));
    }

    private void onAnswer(final DirectBuffer buffer, final int block, final int end) {
        final int nameOffset = nameOffset(SnapshotAnswerDecoder.BLOCK_LENGTH, buffer, block, end);
        answer.wrap(buffer, block, SnapshotAnswerDecoder.BLOCK_LENGTH, SnapshotAnswerDecoder.SCHEMA_VERSION);
        command.from(clientIdLast, answer.requestId())
                .terms(answer.token(), answer.ttlMs(), answer.waitMs())
                .waitRequestId(answer.waitRequestId())
                .proven(answer.provenClientId(), answer.proof())
                .name(buffer, nameOffset, end - nameOffset);
        state.onAnswer(
                CommandKind.ofCode(answer.kind()),
                command,
                LeaseVerdict.ofCode(answer.verdict()),
                answer.answerHolder(),
                answer.answerToken(),
                answer.answerTtlMs(),
                answer.deadlineMs(),
                LeaseEnd.ofCode(answer.end()));
    }

    private void onLease(final DirectBuffer buffer, final int block, final int end) {
        final int nameOffset = nameOffset(SnapshotLeaseDecoder.BLOCK_LENGTH, buffer, block, end);
        lease.wrap(buffer, block, SnapshotLeaseDecoder.BLOCK_LENGTH, SnapshotLeaseDecoder.SCHEMA_VERSION);
        state.onLease(
                lease.holder(), lease.token(), lease.ttlMs(), lease.deadlineMs(), buffer, nameOffset, end - nameOffset);
    }

    private void onWait(final DirectBuffer buffer, final int block, final int end) {
        final int nameOffset = nameOffset(SnapshotWaitDecoder.BLOCK_LENGTH, buffer, block, end);
        wait.wrap(buffer, block, SnapshotWaitDecoder.BLOCK_LENGTH, SnapshotWaitDecoder.SCHEMA_VERSION);
        command.from(wait.clientId(), wait.requestId())
                .terms(0, wait.ttlMs(), wait.waitMs())
                .name(buffer, nameOffset, end - nameOffset);
        state.onWait(command, wait.deadlineMs(), wait.order());
    }

    private void onWatch(final DirectBuffer buffer, final int block, final int end) {
        final int prefixOffset = nameOffset(SnapshotWatchDecoder.BLOCK_LENGTH, buffer, block, end);
        watch.wrap(buffer, block, SnapshotWatchDecoder.BLOCK_LENGTH, SnapshotWatchDecoder.SCHEMA_VERSION);
        command.from(watch.clientId(), watch.requestId())
                .by(access.takeOwner())
                .name(buffer, prefixOffset, end - prefixOffset);
        state.onWatch(watch.number(), command, watch.sessionId());
    }

    private void onRoute(final DirectBuffer buffer, final int block, final int end) {
        checkBlock(SnapshotRouteDecoder.BLOCK_LENGTH, block, end);
        route.wrap(buffer, block, SnapshotRouteDecoder.BLOCK_LENGTH, SnapshotRouteDecoder.SCHEMA_VERSION);
        handler.onRoute(route.clientId(), route.sessionId());
    }

    private void onEnd(final DirectBuffer buffer, final int block, final int end) {
        checkBlock(SnapshotEndDecoder.BLOCK_LENGTH, block, end);
        final SnapshotEndDecoder last = new SnapshotEndDecoder()
                .wrap(buffer, block, SnapshotEndDecoder.BLOCK_LENGTH, SnapshotEndDecoder.SCHEMA_VERSION);
        check("records", last.records(), tally.records());
        check("clients", last.clients(), tally.records(SnapshotClientDecoder.TEMPLATE_ID));
        check("answers", last.answers(), tally.records(SnapshotAnswerDecoder.TEMPLATE_ID));
        check("leases", last.leases(), tally.records(SnapshotLeaseDecoder.TEMPLATE_ID));
        check("waits", last.waits(), tally.records(SnapshotWaitDecoder.TEMPLATE_ID));
        check("routes", last.routes(), tally.records(SnapshotRouteDecoder.TEMPLATE_ID));
        check("ended", last.ended(), tally.records(SnapshotEndedDecoder.TEMPLATE_ID));
        check("watches", last.watches(), tally.records(SnapshotWatchDecoder.TEMPLATE_ID));
        check("crc", last.crc(), tally.crc());
        handler.onWhole();
    }

    /** Where the name begins that ends this record. */
    private int nameOffset(final int blockLength, final DirectBuffer buffer, final int block, final int end) {
        checkBlock(blockLength, block, end - NAME_LENGTH_BYTES);
        final int nameOffset = block + blockLength + NAME_LENGTH_BYTES;
        final int length = buffer.getShort(block + blockLength, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        if (length > WireLimits.NAME_LENGTH_MAX || nameOffset + length != end) {
            throw new SnapshotException("a snapshot's record has a bad name: length=" + length);
        }
        return nameOffset;
    }

    private void checkBlock(final int blockLength, final int block, final int end) {
        if (header.blockLength() != blockLength || end - block < blockLength) {
            throw new SnapshotException("a snapshot's record has a bad block: blockLength=" + header.blockLength()
                    + " expected=" + blockLength + " left=" + (end - block));
        }
    }

    private static void check(final String what, final long said, final long found) {
        if (said != found) {
            throw new SnapshotException("a snapshot is not whole: " + what + "=" + found + " expected=" + said);
        }
    }
}
