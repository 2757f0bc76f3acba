package io.fencegate.client.sequencer;

import io.fencegate.client.session.lease.HeldLease;
import io.fencegate.client.session.lease.LeaseSession;
import io.fencegate.codecs.wire.DeniedDecoder;
import io.fencegate.codecs.wire.GrantedDecoder;
import io.fencegate.codecs.wire.GroupSizeEncodingDecoder;
import io.fencegate.codecs.wire.LeaseRefusedDecoder;
import io.fencegate.codecs.wire.LeasesDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.NameEncodingDecoder;
import io.fencegate.codecs.wire.QueuedDecoder;
import io.fencegate.codecs.wire.ReleasedDecoder;
import io.fencegate.codecs.wire.RenewedDecoder;
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
    private final GroupSizeEncodingDecoder groupSize = new GroupSizeEncodingDecoder();
    private final NameEncodingDecoder nameLength = new NameEncodingDecoder();
    private final UnsafeBuffer body = new UnsafeBuffer();
    private final LeaseSession session;

    /**
     * An adapter for the answers to one session's commands.
     *
     * @param session that is told
     */
    public EgressAdapter(final LeaseSession session) {
        this.session = session;
    }

    void onMessage(final DirectBuffer buffer, final int offset, final int length) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
            return;
        }
        header.wrap(buffer, offset);
        final int bodyLength = length - MessageHeaderDecoder.ENCODED_LENGTH;
        if (header.schemaId() == MessageHeaderDecoder.SCHEMA_ID && header.blockLength() <= bodyLength) {
            body.wrap(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH, bodyLength);
            dispatch();
        }
    }

    private void dispatch() {
        switch (header.templateId()) {
            case GrantedDecoder.TEMPLATE_ID:
                onGranted();
                break;
            case QueuedDecoder.TEMPLATE_ID:
                onQueued();
                break;
            case DeniedDecoder.TEMPLATE_ID:
                onDenied();
                break;
            case RenewedDecoder.TEMPLATE_ID:
                onRenewed();
                break;
            case LeaseRefusedDecoder.TEMPLATE_ID:
                onRefused();
                break;
            case ReleasedDecoder.TEMPLATE_ID:
                onReleased();
                break;
            case LeasesDecoder.TEMPLATE_ID:
                onLeases();
                break;
            default:
                // An answer of a later version: the command that it belongs to is repeated, and times out.
                break;
        }
    }

    private boolean isShorterThan(final int blockLength) {
        return header.blockLength() < blockLength;
    }

    /** Whether the group and every name in it lie within the message. */
    private boolean hasWholePage() {
        int position = header.blockLength() + GroupSizeEncodingDecoder.ENCODED_LENGTH;
        if (position > body.capacity()) {
            return false;
        }
        groupSize.wrap(body, header.blockLength());
        final int entryLength = groupSize.blockLength() + LeasesDecoder.LeaseDecoder.resourceHeaderLength();
        boolean isWhole = groupSize.blockLength() >= LeasesDecoder.LeaseDecoder.sbeBlockLength();
        for (int i = 0; i < groupSize.numInGroup() && isWhole; i++) {
            final int nameStart = position + entryLength;
            isWhole = nameStart <= body.capacity();
            if (isWhole) {
                nameLength.wrap(body, position + groupSize.blockLength());
                position = nameStart + nameLength.length();
                isWhole = position <= body.capacity();
            }
        }
        return isWhole;
    }

    private void onGranted() {
        if (isShorterThan(GrantedDecoder.BLOCK_LENGTH)) {
            return;
        }
        granted.wrap(body, 0, header.blockLength(), header.version());
        if (session.isDue(granted.clientId(), granted.requestId())) {
            session.onHeld(
                    LeaseVerdict.GRANTED, granted.token(), granted.seal(), granted.ttlMs(), granted.remainingMs());
        }
    }

    private void onQueued() {
        if (isShorterThan(QueuedDecoder.BLOCK_LENGTH)) {
            return;
        }
        queued.wrap(body, 0, header.blockLength(), header.version());
        if (session.isDue(queued.clientId(), queued.requestId())) {
            session.onQueued(queued.place());
        }
    }

    private void onDenied() {
        if (isShorterThan(DeniedDecoder.BLOCK_LENGTH)) {
            return;
        }
        denied.wrap(body, 0, header.blockLength(), header.version());
        if (session.isDue(denied.clientId(), denied.requestId())) {
            session.onDenied(denied.token(), denied.remainingMs());
        }
    }

    private void onRenewed() {
        if (isShorterThan(RenewedDecoder.BLOCK_LENGTH)) {
            return;
        }
        renewed.wrap(body, 0, header.blockLength(), header.version());
        if (session.isDue(renewed.clientId(), renewed.requestId())) {
            session.onHeld(
                    LeaseVerdict.RENEWED, renewed.token(), renewed.seal(), renewed.ttlMs(), renewed.remainingMs());
        }
    }

    private void onRefused() {
        if (isShorterThan(LeaseRefusedDecoder.BLOCK_LENGTH)) {
            return;
        }
        refused.wrap(body, 0, header.blockLength(), header.version());
        final LeaseVerdict verdict = LeaseVerdict.ofCode(refused.verdict());
        if (verdict != null && session.isDue(refused.clientId(), refused.requestId())) {
            session.onRefused(verdict, refused.currentToken());
        }
    }

    private void onReleased() {
        if (isShorterThan(ReleasedDecoder.BLOCK_LENGTH)) {
            return;
        }
        released.wrap(body, 0, header.blockLength(), header.version());
        if (session.isDue(released.clientId(), released.requestId())) {
            session.onReleased(released.token());
        }
    }

    private void onLeases() {
        if (isShorterThan(LeasesDecoder.BLOCK_LENGTH) || !hasWholePage()) {
            return;
        }
        leases.wrap(body, 0, header.blockLength(), header.version());
        if (!session.isDue(leases.clientId(), leases.requestId())) {
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
        session.onPage(page, hasMore);
    }
}
