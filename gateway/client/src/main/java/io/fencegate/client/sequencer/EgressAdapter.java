package io.fencegate.client.sequencer;

import io.fencegate.client.session.keys.LiveKeys;
import io.fencegate.client.session.lease.CommandKind;
import io.fencegate.client.session.lease.HeldLease;
import io.fencegate.client.session.lease.LeaseAnswer;
import io.fencegate.client.session.lease.LeaseSession;
import io.fencegate.client.session.lease.LeaseState;
import io.fencegate.codecs.wire.AccessDecoder;
import io.fencegate.codecs.wire.DeniedDecoder;
import io.fencegate.codecs.wire.DescribedDecoder;
import io.fencegate.codecs.wire.FloorKeptDecoder;
import io.fencegate.codecs.wire.FloorRaisedDecoder;
import io.fencegate.codecs.wire.GrantedDecoder;
import io.fencegate.codecs.wire.KeysDecoder;
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
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decodes the sequencer's answers inward. What it cannot read, and what answers no command that is under way, it passes
 * over: a command without an answer is repeated.
 *
 * <p>The client's thread.
 */
public final class EgressAdapter {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final GrantedDecoder granted = new GrantedDecoder();
    private final QueuedDecoder queued = new QueuedDecoder();
    private final DeniedDecoder denied = new DeniedDecoder();
    private final RenewedDecoder renewed = new RenewedDecoder();
    private final LeaseRefusedDecoder refused = new LeaseRefusedDecoder();
    private final ReleasedDecoder released = new ReleasedDecoder();
    private final LeasesDecoder leases = new LeasesDecoder();
    private final WaitCancelledDecoder waitCancelled = new WaitCancelledDecoder();
    private final RevokedDecoder revoked = new RevokedDecoder();
    private final DescribedDecoder described = new DescribedDecoder();
    private final FloorRaisedDecoder floorRaised = new FloorRaisedDecoder();
    private final FloorKeptDecoder floorKept = new FloorKeptDecoder();
    private final KeysDecoder keys = new KeysDecoder();
    private final UnsafeBuffer body = new UnsafeBuffer();
    private final NameBounds bounds = new NameBounds();
    private final LeaseSession session;
    private final WatchAdapter watches;
    private final AccessAdapter access;

    /**
     * An adapter for the answers to one session's commands.
     *
     * @param session that is told
     */
    public EgressAdapter(final LeaseSession session) {
        this.session = session;
        this.watches = new WatchAdapter(session, bounds);
        this.access = new AccessAdapter(session, bounds);
    }

    void onNewEpoch() {
        session.onNewEpoch();
    }

    /**
     * Takes in one message of the sequencer.
     *
     * @param buffer holding it, borrowed
     * @param offset of its first byte
     * @param length in bytes
     */
    public void onMessage(final DirectBuffer buffer, final int offset, final int length) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
            return;
        }
        header.wrap(buffer, offset);
        final int bodyLength = length - MessageHeaderDecoder.ENCODED_LENGTH;
        if (header.schemaId() == MessageHeaderDecoder.SCHEMA_ID && header.blockLength() <= bodyLength) {
            body.wrap(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH, bodyLength);
            session.onHeard();
            dispatch();
        }
    }

    private void dispatch() {
        final int blockLength = header.blockLength();
        switch (header.templateId()) {
            case GrantedDecoder.TEMPLATE_ID -> onGranted(blockLength);
            case QueuedDecoder.TEMPLATE_ID -> onQueued(blockLength);
            case DeniedDecoder.TEMPLATE_ID -> onDenied(blockLength);
            case RenewedDecoder.TEMPLATE_ID -> onRenewed(blockLength);
            case LeaseRefusedDecoder.TEMPLATE_ID -> onRefused(blockLength);
            case ReleasedDecoder.TEMPLATE_ID -> onReleased(blockLength);
            case LeasesDecoder.TEMPLATE_ID -> onLeases(blockLength);
            case WaitCancelledDecoder.TEMPLATE_ID -> onWaitCancelled(blockLength);
            case RevokedDecoder.TEMPLATE_ID -> onRevoked(blockLength);
            case DescribedDecoder.TEMPLATE_ID -> onDescribed(blockLength);
            case FloorRaisedDecoder.TEMPLATE_ID -> onFloorRaised(blockLength);
            case FloorKeptDecoder.TEMPLATE_ID -> onFloorKept(blockLength);
            case KeysDecoder.TEMPLATE_ID -> onKeys(blockLength);
            case WatchingDecoder.TEMPLATE_ID -> watches.onWatching(body, blockLength, header.version());
            case LeaseEventDecoder.TEMPLATE_ID -> watches.onEvent(body, blockLength, header.version());
            case WatchDroppedDecoder.TEMPLATE_ID -> watches.onDropped(body, blockLength, header.version());
            case UnwatchedDecoder.TEMPLATE_ID -> watches.onUnwatched(body, blockLength, header.version());
            case AccessDecoder.TEMPLATE_ID -> access.onAccess(body, blockLength, header.version());
            default -> {
                // An answer of a later version: the command that it belongs to is repeated, and times out.
            }
        }
    }

    private void onGranted(final int blockLength) {
        if (blockLength < GrantedDecoder.BLOCK_LENGTH) {
            return;
        }
        granted.wrap(body, 0, blockLength, header.version());
        final LeaseAnswer answer = session.due(CommandKind.ACQUIRE, granted.clientId(), granted.requestId());
        if (answer != null) {
            answer.onHeld(
                    LeaseVerdict.GRANTED, granted.token(), granted.seal(), granted.ttlMs(), granted.remainingMs());
        }
    }

    private void onQueued(final int blockLength) {
        if (blockLength < QueuedDecoder.BLOCK_LENGTH) {
            return;
        }
        queued.wrap(body, 0, blockLength, header.version());
        final LeaseAnswer answer = session.due(CommandKind.ACQUIRE, queued.clientId(), queued.requestId());
        if (answer != null) {
            answer.onQueued(queued.place());
        }
    }

    private void onDenied(final int blockLength) {
        if (blockLength < DeniedDecoder.BLOCK_LENGTH) {
            return;
        }
        denied.wrap(body, 0, blockLength, header.version());
        final LeaseAnswer answer = session.due(CommandKind.ACQUIRE, denied.clientId(), denied.requestId());
        if (answer != null) {
            answer.onDenied(denied.token(), denied.holder(), denied.remainingMs());
        }
    }

    private void onRenewed(final int blockLength) {
        if (blockLength < RenewedDecoder.BLOCK_LENGTH) {
            return;
        }
        renewed.wrap(body, 0, blockLength, header.version());
        final LeaseAnswer answer = session.due(CommandKind.RENEW, renewed.clientId(), renewed.requestId());
        if (answer != null) {
            answer.onHeld(
                    LeaseVerdict.RENEWED, renewed.token(), renewed.seal(), renewed.ttlMs(), renewed.remainingMs());
        }
    }

    private void onRefused(final int blockLength) {
        if (blockLength < LeaseRefusedDecoder.BLOCK_LENGTH) {
            return;
        }
        refused.wrap(body, 0, blockLength, header.version());
        final LeaseVerdict verdict = LeaseVerdict.ofCode(refused.verdict());
        final LeaseAnswer answer = verdict == null ? null : session.due(null, refused.clientId(), refused.requestId());
        if (answer != null && verdict == LeaseVerdict.NOT_FOUNDED) {
            answer.onNotFounded();
        } else if (answer != null) {
            final LeaseEnd end = LeaseEnd.ofCode(refused.reason());
            answer.onRefused(
                    verdict, refused.currentToken(), refused.currentHolder(), end == null ? LeaseEnd.UNKNOWN : end);
        }
    }

    private void onReleased(final int blockLength) {
        if (blockLength < ReleasedDecoder.BLOCK_LENGTH) {
            return;
        }
        released.wrap(body, 0, blockLength, header.version());
        final LeaseAnswer answer = session.due(CommandKind.RELEASE, released.clientId(), released.requestId());
        if (answer != null) {
            answer.onDone(LeaseVerdict.RELEASED);
        }
    }

    private void onLeases(final int blockLength) {
        if (blockLength < LeasesDecoder.BLOCK_LENGTH
                || !bounds.hasWholePage(body, blockLength, LeasesDecoder.LeaseDecoder.sbeBlockLength(), 1)) {
            return;
        }
        leases.wrap(body, 0, blockLength, header.version());
        final LeaseAnswer answer = session.due(CommandKind.LIST, leases.clientId(), leases.requestId());
        if (answer == null) {
            return;
        }
        final boolean hasMore = leases.more() == 1;
        final List<HeldLease> page = new ArrayList<>();
        for (final LeasesDecoder.LeaseDecoder lease : leases.lease()) {
            final long holder = lease.holder();
            final long token = lease.token();
            final long remainingMs = lease.remainingMs();
            final int waiters = lease.waiters();
            page.add(new HeldLease(lease.resource(), holder, token, remainingMs, waiters));
        }
        answer.onPage(page, hasMore);
    }

    private void onWaitCancelled(final int blockLength) {
        if (blockLength < WaitCancelledDecoder.BLOCK_LENGTH) {
            return;
        }
        waitCancelled.wrap(body, 0, blockLength, header.version());
        final LeaseAnswer answer =
                session.due(CommandKind.CANCEL_WAIT, waitCancelled.clientId(), waitCancelled.requestId());
        if (answer != null) {
            answer.onDone(LeaseVerdict.CANCELLED);
        }
    }

    private void onRevoked(final int blockLength) {
        if (blockLength < RevokedDecoder.BLOCK_LENGTH || !bounds.hasWholeName(body, blockLength)) {
            return;
        }
        revoked.wrap(body, 0, blockLength, header.version());
        final LeaseAnswer answer = session.due(CommandKind.REVOKE, revoked.clientId(), revoked.requestId());
        if (answer != null) {
            final long token = revoked.revokedToken();
            final long holder = revoked.revokedHolder();
            answer.onRevoked(
                    revoked.token(), revoked.seal(), new LeaseState(revoked.resource(), holder, token, 0, 0, 0));
        }
    }

    private void onFloorRaised(final int blockLength) {
        if (blockLength < FloorRaisedDecoder.BLOCK_LENGTH) {
            return;
        }
        floorRaised.wrap(body, 0, blockLength, header.version());
        final LeaseAnswer answer =
                session.due(CommandKind.RAISE_FLOOR, floorRaised.clientId(), floorRaised.requestId());
        if (answer != null) {
            answer.onFloor(LeaseVerdict.FLOOR_RAISED, floorRaised.termOffset());
        }
    }

    private void onFloorKept(final int blockLength) {
        if (blockLength < FloorKeptDecoder.BLOCK_LENGTH) {
            return;
        }
        floorKept.wrap(body, 0, blockLength, header.version());
        final LeaseAnswer answer = session.due(CommandKind.RAISE_FLOOR, floorKept.clientId(), floorKept.requestId());
        if (answer != null) {
            answer.onFloor(LeaseVerdict.FLOOR_KEPT, floorKept.termOffset());
        }
    }

    private void onDescribed(final int blockLength) {
        if (blockLength < DescribedDecoder.BLOCK_LENGTH || !bounds.hasWholeName(body, blockLength)) {
            return;
        }
        described.wrap(body, 0, blockLength, header.version());
        final LeaseAnswer answer = session.due(CommandKind.DESCRIBE, described.clientId(), described.requestId());
        if (answer != null) {
            answer.onDescribed(new LeaseState(
                    described.resource(),
                    described.holder(),
                    described.token(),
                    described.ttlMs(),
                    described.remainingMs(),
                    described.waiters()));
        }
    }

    private void onKeys(final int blockLength) {
        if (blockLength < KeysDecoder.BLOCK_LENGTH) {
            return;
        }
        keys.wrap(body, 0, blockLength, header.version());
        LeaseAnswer answer = session.due(CommandKind.DESCRIBE_KEYS, keys.clientId(), keys.requestId());
        if (answer == null) {
            answer = session.due(CommandKind.CHANGE_KEY, keys.clientId(), keys.requestId());
        }
        if (answer != null) {
            final List<Long> live = new ArrayList<>(List.of(keys.newest(), keys.older()));
            answer.onKeys(new LiveKeys(
                    keys.revision(), live.subList(0, Math.min(live.size(), keys.live())), keys.retirementPosition()));
        }
    }
}
