package io.fencegate.sequencer.egress;

import io.aeron.cluster.service.ClientSession;
import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.wire.DeniedEncoder;
import io.fencegate.codecs.wire.DescribedEncoder;
import io.fencegate.codecs.wire.GrantedEncoder;
import io.fencegate.codecs.wire.LeaseRefusedEncoder;
import io.fencegate.codecs.wire.LeasesEncoder;
import io.fencegate.codecs.wire.NameEncodingEncoder;
import io.fencegate.codecs.wire.QueuedEncoder;
import io.fencegate.codecs.wire.ReleasedEncoder;
import io.fencegate.codecs.wire.RenewedEncoder;
import io.fencegate.codecs.wire.RevokedEncoder;
import io.fencegate.codecs.wire.UnwatchedEncoder;
import io.fencegate.codecs.wire.WaitCancelledEncoder;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Sealer;
import io.fencegate.core.lease.command.LeaseCommand;
import org.agrona.DirectBuffer;

/**
 * Encodes answers and offers them to a client's session: a few tries, and never a wait, because a client that does not
 * read must not hold up the cluster. An answer that could not be sent is there when the client repeats its request.
 * Whether it could be sent differs from node to node, so nothing may depend on it but a counter.
 *
 * <p>Seals are made here, when an answer leaves, and kept nowhere. Called by the service container's thread.
 */
public final class EgressPublisher {
    /** Leases that one page takes at most: as many as fit if their names are as short as may be. */
    public static final int LEASES_PER_PAGE_MAX = (WireLimits.SEQUENCER_MESSAGE_LENGTH_MAX
                    - WireLimits.HEADER_LENGTH
                    - LeasesEncoder.BLOCK_LENGTH
                    - LeasesEncoder.LeaseEncoder.sbeHeaderSize())
            / (LeasesEncoder.LeaseEncoder.sbeBlockLength()
                    + NameEncodingEncoder.varDataEncodingOffset()
                    + WireLimits.NAME_LENGTH_MIN);

    private final Sealer sealer;
    private final EgressBuffer out = new EgressBuffer();
    private final GrantedEncoder granted = new GrantedEncoder();
    private final QueuedEncoder queued = new QueuedEncoder();
    private final DeniedEncoder denied = new DeniedEncoder();
    private final RenewedEncoder renewed = new RenewedEncoder();
    private final ReleasedEncoder released = new ReleasedEncoder();
    private final LeaseRefusedEncoder refused = new LeaseRefusedEncoder();
    private final WaitCancelledEncoder cancelled = new WaitCancelledEncoder();
    private final RevokedEncoder revoked = new RevokedEncoder();
    private final DescribedEncoder described = new DescribedEncoder();
    private final UnwatchedEncoder unwatched = new UnwatchedEncoder();
    private final LeasesEncoder leases = new LeasesEncoder();
    private LeasesEncoder.LeaseEncoder page;

    /**
     * Builds a publisher.
     *
     * @param sealer of the grants
     */
    public EgressPublisher(final Sealer sealer) {
        this.sealer = sealer;
    }

    /**
     * Sends a {@code Granted}.
     *
     * @param session to the holder
     * @param clientId holder
     * @param requestId of the acquire
     * @param token of the grant
     * @param ttlMs the lease's time to live
     * @param remainingMs what is left of it
     * @param name buffer of the resource's name
     * @param offset of the name
     * @param length of the name
     * @return false if the session did not take it
     */
    public boolean onGranted(
            final ClientSession session,
            final long clientId,
            final long requestId,
            final long token,
            final long ttlMs,
            final long remainingMs,
            final DirectBuffer name,
            final int offset,
            final int length) {
        granted.wrapAndApplyHeader(out.buffer(), 0, out.header())
                .requestId(requestId)
                .clientId(clientId)
                .token(token)
                .seal(sealer.seal(token, clientId, name, offset, length))
                .ttlMs(ttlMs)
                .remainingMs(remainingMs)
                .putResource(name, offset, length);
        return out.send(session, granted.encodedLength());
    }

    /**
     * Sends a {@code Queued}.
     *
     * @param session to the client
     * @param clientId that waits
     * @param requestId of the acquire
     * @param place in the queue, from 1
     * @return false if the session did not take it
     */
    public boolean onQueued(final ClientSession session, final long clientId, final long requestId, final int place) {
        queued.wrapAndApplyHeader(out.buffer(), 0, out.header())
                .requestId(requestId)
                .clientId(clientId)
                .place(place);
        return out.send(session, queued.encodedLength());
    }

    /**
     * Sends a {@code Denied}.
     *
     * @param session to the client
     * @param clientId that asked
     * @param requestId of the acquire
     * @param holder clientId of the holder
     * @param token of the holder
     * @param remainingMs what is left of the holder's lease
     * @return false if the session did not take it
     */
    public boolean onDenied(
            final ClientSession session,
            final long clientId,
            final long requestId,
            final long holder,
            final long token,
            final long remainingMs) {
        denied.wrapAndApplyHeader(out.buffer(), 0, out.header())
                .requestId(requestId)
                .clientId(clientId)
                .token(token)
                .remainingMs(remainingMs)
                .holder(holder);
        return out.send(session, denied.encodedLength());
    }

    /**
     * Sends a {@code Renewed}, which bears the grant's seal by the newest key.
     *
     * @param session to the holder
     * @param clientId holder
     * @param requestId of the renew
     * @param token of the lease
     * @param ttlMs the lease's time to live
     * @param remainingMs what is left of it
     * @param name buffer of the resource's name
     * @param offset of the name
     * @param length of the name
     * @return false if the session did not take it
     */
    public boolean onRenewed(
            final ClientSession session,
            final long clientId,
            final long requestId,
            final long token,
            final long ttlMs,
            final long remainingMs,
            final DirectBuffer name,
            final int offset,
            final int length) {
        renewed.wrapAndApplyHeader(out.buffer(), 0, out.header())
                .requestId(requestId)
                .clientId(clientId)
                .token(token)
                .seal(sealer.seal(token, clientId, name, offset, length))
                .ttlMs(ttlMs)
                .remainingMs(remainingMs);
        return out.send(session, renewed.encodedLength());
    }

    /**
     * Sends a {@code Released}.
     *
     * @param session to the client
     * @param clientId holder that was
     * @param requestId of the release
     * @param token of the lease
     * @return false if the session did not take it
     */
    public boolean onReleased(
            final ClientSession session, final long clientId, final long requestId, final long token) {
        released.wrapAndApplyHeader(out.buffer(), 0, out.header())
                .requestId(requestId)
                .clientId(clientId)
                .token(token);
        return out.send(session, released.encodedLength());
    }

    /**
     * Sends a {@code WaitCancelled}.
     *
     * @param session to the client
     * @param clientId that waited
     * @param requestId of the command
     * @param waitRequestId of the acquire
     * @return false if the session did not take it
     */
    public boolean onCancelled(
            final ClientSession session, final long clientId, final long requestId, final long waitRequestId) {
        cancelled
                .wrapAndApplyHeader(out.buffer(), 0, out.header())
                .requestId(requestId)
                .clientId(clientId)
                .waitRequestId(waitRequestId);
        return out.send(session, cancelled.encodedLength());
    }

    /**
     * Sends a {@code Revoked}, which bears the seal of the fresh token by the newest key.
     *
     * @param session to the operator
     * @param clientId the operator's
     * @param requestId of the revoke
     * @param token the fresh one
     * @param revokedToken of the lease that ended
     * @param revokedHolder clientId of its holder
     * @param name buffer of the resource's name
     * @param offset of the name
     * @param length of the name
     * @return false if the session did not take it
     */
    public boolean onRevoked(
            final ClientSession session,
            final long clientId,
            final long requestId,
            final long token,
            final long revokedToken,
            final long revokedHolder,
            final DirectBuffer name,
            final int offset,
            final int length) {
        revoked.wrapAndApplyHeader(out.buffer(), 0, out.header())
                .requestId(requestId)
                .clientId(clientId)
                .token(token)
                .seal(sealer.seal(token, clientId, name, offset, length))
                .revokedToken(revokedToken)
                .revokedHolder(revokedHolder)
                .putResource(name, offset, length);
        return out.send(session, revoked.encodedLength());
    }

    /**
     * Sends a {@code Described}.
     *
     * @param session to the client
     * @param command that asked, with the name
     * @param holder clientId of the holder, 0 if nobody holds it
     * @param token of the lease, 0 if nobody holds it
     * @param ttlMs the lease's time to live
     * @param remainingMs what is left of it
     * @param waiters how many wait for it
     * @return false if the session did not take it
     */
    public boolean onDescribed(
            final ClientSession session,
            final LeaseCommand command,
            final long holder,
            final long token,
            final long ttlMs,
            final long remainingMs,
            final int waiters) {
        described
                .wrapAndApplyHeader(out.buffer(), 0, out.header())
                .requestId(command.requestId())
                .clientId(command.clientId())
                .holder(holder)
                .token(token)
                .ttlMs(ttlMs)
                .remainingMs(remainingMs)
                .waiters(waiters)
                .putResource(command.nameBuffer(), command.nameOffset(), command.nameLength());
        return out.send(session, described.encodedLength());
    }

    /**
     * Sends an {@code Unwatched}.
     *
     * @param session to the client
     * @param clientId that watched
     * @param requestId of the command
     * @param watchRequestId of the watch
     * @return false if the session did not take it
     */
    public boolean onUnwatched(
            final ClientSession session, final long clientId, final long requestId, final long watchRequestId) {
        unwatched
                .wrapAndApplyHeader(out.buffer(), 0, out.header())
                .requestId(requestId)
                .clientId(clientId)
                .watchRequestId(watchRequestId);
        return out.send(session, unwatched.encodedLength());
    }

    /**
     * Sends a {@code LeaseRefused}.
     *
     * @param session to the client
     * @param clientId that asked
     * @param requestId of the command
     * @param verdict the rule that refused
     * @param currentToken of the resource's holder, 0 if none
     * @param currentHolder clientId of the resource's holder, 0 if none
     * @param end how the caller's lease ended
     * @return false if the session did not take it
     */
    public boolean onRefused(
            final ClientSession session,
            final long clientId,
            final long requestId,
            final LeaseVerdict verdict,
            final long currentToken,
            final long currentHolder,
            final LeaseEnd end) {
        refused.wrapAndApplyHeader(out.buffer(), 0, out.header())
                .requestId(requestId)
                .clientId(clientId)
                .currentToken(currentToken)
                .currentHolder(currentHolder)
                .verdict((short) verdict.code())
                .reason((short) end.code());
        return out.send(session, refused.encodedLength());
    }

    /**
     * Begins a page of {@code Leases}.
     *
     * @param clientId that asked
     * @param requestId of the command
     */
    public void beginPage(final long clientId, final long requestId) {
        leases.wrapAndApplyHeader(out.buffer(), 0, out.header())
                .requestId(requestId)
                .clientId(clientId);
        page = leases.leaseCount(LEASES_PER_PAGE_MAX);
    }

    /**
     * Adds a lease to the page that was begun, if it has room for it.
     *
     * @param holder of the lease
     * @param token of the lease
     * @param remainingMs what is left of it
     * @param waiters for it
     * @param name buffer of the resource's name
     * @param offset of the name
     * @param length of the name
     * @return false if the page is full
     */
    public boolean onLease(
            final long holder,
            final long token,
            final long remainingMs,
            final int waiters,
            final DirectBuffer name,
            final int offset,
            final int length) {
        final int entryLength =
                LeasesEncoder.LeaseEncoder.sbeBlockLength() + NameEncodingEncoder.varDataEncodingOffset() + length;
        if (leases.limit() + entryLength > out.buffer().capacity()) {
            return false;
        }
        page.next()
                .holder(holder)
                .token(token)
                .remainingMs(remainingMs)
                .waiters(waiters)
                .putResource(name, offset, length);
        return true;
    }

    /**
     * Sends the page that was begun.
     *
     * @param session to the client
     * @param more whether there are leases behind this page
     * @return false if the session did not take it
     */
    public boolean endPage(final ClientSession session, final boolean more) {
        page.resetCountToIndex();
        leases.more((short) (more ? 1 : 0));
        return out.send(session, leases.encodedLength());
    }
}
