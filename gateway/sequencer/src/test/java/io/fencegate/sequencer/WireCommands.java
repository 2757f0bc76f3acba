package io.fencegate.sequencer;

import io.fencegate.codecs.wire.AcquireEncoder;
import io.fencegate.codecs.wire.CancelWaitEncoder;
import io.fencegate.codecs.wire.ChangeAccessEncoder;
import io.fencegate.codecs.wire.ChangeKeyEncoder;
import io.fencegate.codecs.wire.DescribeAccessEncoder;
import io.fencegate.codecs.wire.DescribeEncoder;
import io.fencegate.codecs.wire.DescribeKeysEncoder;
import io.fencegate.codecs.wire.ListLeasesEncoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.codecs.wire.RaiseFloorEncoder;
import io.fencegate.codecs.wire.ReleaseEncoder;
import io.fencegate.codecs.wire.RenewEncoder;
import io.fencegate.codecs.wire.RevokeEncoder;
import io.fencegate.codecs.wire.UnwatchEncoder;
import io.fencegate.codecs.wire.WatchEncoder;
import io.fencegate.core.access.AccessChange;
import io.fencegate.sequencer.charter.KeyChange;
import org.agrona.MutableDirectBuffer;

/** Encodes the commands of a client, each in the place of the one before. One thread. */
public final class WireCommands {
    private final MutableDirectBuffer buffer;
    private final int offset;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /** Commands go to this place. */
    public WireCommands(final MutableDirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        this.offset = offset;
    }

    /** Asks for a lease. @return length of the command */
    public int acquire(
            final long clientId, final long requestId, final long ttlMs, final long waitMs, final String name) {
        final AcquireEncoder acquire = new AcquireEncoder()
                .wrapAndApplyHeader(buffer, offset, header)
                .clientId(clientId)
                .requestId(requestId)
                .ttlMs(ttlMs)
                .waitMs(waitMs)
                .resource(name);
        return MessageHeaderEncoder.ENCODED_LENGTH + acquire.encodedLength();
    }

    /** Renews a lease. @return length of the command */
    public int renew(final long clientId, final long requestId, final long token, final long ttlMs, final String name) {
        final RenewEncoder renew = new RenewEncoder()
                .wrapAndApplyHeader(buffer, offset, header)
                .clientId(clientId)
                .requestId(requestId)
                .token(token)
                .ttlMs(ttlMs)
                .resource(name);
        return MessageHeaderEncoder.ENCODED_LENGTH + renew.encodedLength();
    }

    /** Raises the floor. @return length of the command */
    public int raiseFloor(
            final long clientId,
            final long requestId,
            final long token,
            final long provenClientId,
            final long proof,
            final String name) {
        final RaiseFloorEncoder raiseFloor = new RaiseFloorEncoder()
                .wrapAndApplyHeader(buffer, offset, header)
                .clientId(clientId)
                .requestId(requestId)
                .proof(proof)
                .token(token)
                .provenClientId(provenClientId)
                .resource(name);
        return MessageHeaderEncoder.ENCODED_LENGTH + raiseFloor.encodedLength();
    }

    /** Ends a lease. @return length of the command */
    public int release(final long clientId, final long requestId, final long token, final String name) {
        final ReleaseEncoder release = new ReleaseEncoder()
                .wrapAndApplyHeader(buffer, offset, header)
                .clientId(clientId)
                .requestId(requestId)
                .token(token)
                .resource(name);
        return MessageHeaderEncoder.ENCODED_LENGTH + release.encodedLength();
    }

    /** Asks for a page of leases. @return length of the command */
    public int list(final long clientId, final long requestId, final String prefix, final String after) {
        final ListLeasesEncoder list = new ListLeasesEncoder()
                .wrapAndApplyHeader(buffer, offset, header)
                .clientId(clientId)
                .requestId(requestId)
                .prefix(prefix)
                .after(after);
        return MessageHeaderEncoder.ENCODED_LENGTH + list.encodedLength();
    }

    /** Waits no more. @return length of the command */
    public int cancelWait(final long clientId, final long requestId, final long waitRequestId, final String name) {
        final CancelWaitEncoder cancel = new CancelWaitEncoder()
                .wrapAndApplyHeader(buffer, offset, header)
                .clientId(clientId)
                .requestId(requestId)
                .waitRequestId(waitRequestId)
                .resource(name);
        return MessageHeaderEncoder.ENCODED_LENGTH + cancel.encodedLength();
    }

    /** Ends anybody's lease. @return length of the command */
    public int revoke(final long clientId, final long requestId, final long token, final String name) {
        final RevokeEncoder revoke = new RevokeEncoder()
                .wrapAndApplyHeader(buffer, offset, header)
                .clientId(clientId)
                .requestId(requestId)
                .token(token)
                .resource(name);
        return MessageHeaderEncoder.ENCODED_LENGTH + revoke.encodedLength();
    }

    /** Asks about a resource. @return length of the command */
    public int describe(final long clientId, final long requestId, final String name) {
        final DescribeEncoder describe = new DescribeEncoder()
                .wrapAndApplyHeader(buffer, offset, header)
                .clientId(clientId)
                .requestId(requestId)
                .resource(name);
        return MessageHeaderEncoder.ENCODED_LENGTH + describe.encodedLength();
    }

    /** Watches a prefix. @return length of the command */
    public int watch(final long clientId, final long requestId, final String prefix) {
        final WatchEncoder watch = new WatchEncoder()
                .wrapAndApplyHeader(buffer, offset, header)
                .clientId(clientId)
                .requestId(requestId)
                .prefix(prefix);
        return MessageHeaderEncoder.ENCODED_LENGTH + watch.encodedLength();
    }

    /** Gives rights, or takes them. @return length of the command */
    public int changeAccess(final AccessChange change) {
        final ChangeAccessEncoder encoder = new ChangeAccessEncoder()
                .wrapAndApplyHeader(buffer, offset, header)
                .clientId(change.clientId())
                .requestId(change.requestId())
                .revision(change.revisionExpected())
                .allowed((short) (change.isAllowed() ? 1 : 0))
                .rights((short) change.rule().rights())
                .principal(change.rule().principal())
                .prefix(change.rule().prefix());
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    /** Asks for a page of rules. @return length of the command */
    public int describeAccess(final long clientId, final long requestId, final int from) {
        final DescribeAccessEncoder describe = new DescribeAccessEncoder()
                .wrapAndApplyHeader(buffer, offset, header)
                .clientId(clientId)
                .requestId(requestId)
                .from(from);
        return MessageHeaderEncoder.ENCODED_LENGTH + describe.encodedLength();
    }

    /** Ends a watch. @return length of the command */
    public int unwatch(final long clientId, final long requestId, final long watchRequestId) {
        final UnwatchEncoder unwatch = new UnwatchEncoder()
                .wrapAndApplyHeader(buffer, offset, header)
                .clientId(clientId)
                .requestId(requestId)
                .watchRequestId(watchRequestId);
        return MessageHeaderEncoder.ENCODED_LENGTH + unwatch.encodedLength();
    }

    /** Changes the live keys. @return length of the command */
    public int changeKey(final KeyChange change) {
        final ChangeKeyEncoder encoder = new ChangeKeyEncoder()
                .wrapAndApplyHeader(buffer, offset, header)
                .clientId(change.clientId())
                .requestId(change.requestId())
                .fingerprint(change.fingerprint())
                .revision(change.revision())
                .mac(change.mac())
                .action(change.action().code());
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    /** Asks which keys are live. @return length of the command */
    public int describeKeys(final long clientId, final long requestId) {
        final DescribeKeysEncoder encoder = new DescribeKeysEncoder()
                .wrapAndApplyHeader(buffer, offset, header)
                .clientId(clientId)
                .requestId(requestId);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }
}
