package io.fencegate.client.sequencer;

import io.fencegate.client.session.keys.KeyChange;
import io.fencegate.client.session.lease.LeaseCommand;
import io.fencegate.codecs.WireLimits;
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
import io.fencegate.core.grant.ResourceName;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes commands to the sequencer outward: the same command to the same bytes, as often as it takes.
 *
 * <p>The client's thread.
 */
public final class CommandPublisher {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[WireLimits.SEQUENCER_MESSAGE_LENGTH_MAX]);
    private final UnsafeBuffer name = new UnsafeBuffer(new byte[ResourceName.LENGTH_MAX]);
    private final UnsafeBuffer after = new UnsafeBuffer(new byte[ResourceName.LENGTH_MAX]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final AcquireEncoder acquire = new AcquireEncoder();
    private final RenewEncoder renew = new RenewEncoder();
    private final ReleaseEncoder release = new ReleaseEncoder();
    private final ListLeasesEncoder list = new ListLeasesEncoder();
    private final CancelWaitEncoder cancelWait = new CancelWaitEncoder();
    private final RevokeEncoder revoke = new RevokeEncoder();
    private final RaiseFloorEncoder raiseFloor = new RaiseFloorEncoder();
    private final DescribeEncoder describe = new DescribeEncoder();
    private final WatchEncoder watch = new WatchEncoder();
    private final ChangeAccessEncoder changeAccess = new ChangeAccessEncoder();
    private final DescribeAccessEncoder describeAccess = new DescribeAccessEncoder();
    private final UnwatchEncoder unwatch = new UnwatchEncoder();
    private final DescribeKeysEncoder describeKeys = new DescribeKeysEncoder();
    private final ChangeKeyEncoder changeKey = new ChangeKeyEncoder();

    /**
     * Sends a command.
     *
     * @param command with valid names
     * @param outlet to the sequencer
     * @return true if it is under way, false if it could not be sent now
     */
    public boolean send(final LeaseCommand command, final CommandOutlet outlet) {
        return outlet.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encode(command)) > 0;
    }

    private int encode(final LeaseCommand command) {
        final String resource = command.resource();
        final int nameLength = resource.isEmpty() ? 0 : ResourceName.encode(resource, name, 0);
        return switch (command.kind()) {
            case ACQUIRE -> acquire(command, nameLength);
            case RENEW -> renew(command, nameLength);
            case RELEASE -> release(command, nameLength);
            case LIST -> list(command, nameLength);
            case CANCEL_WAIT -> cancelWait(command, nameLength);
            case REVOKE -> revoke(command, nameLength);
            case RAISE_FLOOR -> raiseFloor(command, nameLength);
            case DESCRIBE -> describe(command, nameLength);
            case WATCH -> watch(command, nameLength);
            case UNWATCH -> unwatch(command);
            case CHANGE_ACCESS -> changeAccess(command, nameLength);
            case DESCRIBE_ACCESS -> describeAccess(command);
            case DESCRIBE_KEYS -> describeKeys(command);
            case CHANGE_KEY -> changeKey(command);
        };
    }

    private int acquire(final LeaseCommand command, final int nameLength) {
        acquire.wrapAndApplyHeader(buffer, 0, header)
                .clientId(command.clientId())
                .requestId(command.requestId())
                .ttlMs(command.ttlMs())
                .waitMs(command.waitMs())
                .putResource(name, 0, nameLength);
        return acquire.encodedLength();
    }

    private int renew(final LeaseCommand command, final int nameLength) {
        renew.wrapAndApplyHeader(buffer, 0, header)
                .clientId(command.clientId())
                .requestId(command.requestId())
                .token(command.token())
                .ttlMs(command.ttlMs())
                .putResource(name, 0, nameLength);
        return renew.encodedLength();
    }

    private int release(final LeaseCommand command, final int nameLength) {
        release.wrapAndApplyHeader(buffer, 0, header)
                .clientId(command.clientId())
                .requestId(command.requestId())
                .token(command.token())
                .putResource(name, 0, nameLength);
        return release.encodedLength();
    }

    private int list(final LeaseCommand command, final int prefixLength) {
        final int afterLength = command.after().isEmpty() ? 0 : ResourceName.encode(command.after(), after, 0);
        list.wrapAndApplyHeader(buffer, 0, header)
                .clientId(command.clientId())
                .requestId(command.requestId())
                .putPrefix(name, 0, prefixLength)
                .putAfter(after, 0, afterLength);
        return list.encodedLength();
    }

    private int cancelWait(final LeaseCommand command, final int nameLength) {
        cancelWait
                .wrapAndApplyHeader(buffer, 0, header)
                .clientId(command.clientId())
                .requestId(command.requestId())
                .waitRequestId(command.referredId())
                .putResource(name, 0, nameLength);
        return cancelWait.encodedLength();
    }

    private int revoke(final LeaseCommand command, final int nameLength) {
        revoke.wrapAndApplyHeader(buffer, 0, header)
                .clientId(command.clientId())
                .requestId(command.requestId())
                .token(command.token())
                .putResource(name, 0, nameLength);
        return revoke.encodedLength();
    }

    private int raiseFloor(final LeaseCommand command, final int nameLength) {
        raiseFloor
                .wrapAndApplyHeader(buffer, 0, header)
                .clientId(command.clientId())
                .requestId(command.requestId())
                .proof(command.proven().proof())
                .token(command.token())
                .provenClientId(command.proven().clientId())
                .putResource(name, 0, nameLength);
        return raiseFloor.encodedLength();
    }

    private int describe(final LeaseCommand command, final int nameLength) {
        describe.wrapAndApplyHeader(buffer, 0, header)
                .clientId(command.clientId())
                .requestId(command.requestId())
                .putResource(name, 0, nameLength);
        return describe.encodedLength();
    }

    private int watch(final LeaseCommand command, final int prefixLength) {
        watch.wrapAndApplyHeader(buffer, 0, header)
                .clientId(command.clientId())
                .requestId(command.requestId())
                .putPrefix(name, 0, prefixLength);
        return watch.encodedLength();
    }

    private int changeAccess(final LeaseCommand command, final int prefixLength) {
        changeAccess
                .wrapAndApplyHeader(buffer, 0, header)
                .clientId(command.clientId())
                .requestId(command.requestId())
                .revision(command.revision())
                .allowed((short) (command.isAllowed() ? 1 : 0))
                .rights((short) command.rule().rights())
                .principal(command.rule().principal())
                .putPrefix(name, 0, prefixLength);
        return changeAccess.encodedLength();
    }

    private int describeAccess(final LeaseCommand command) {
        describeAccess
                .wrapAndApplyHeader(buffer, 0, header)
                .clientId(command.clientId())
                .requestId(command.requestId())
                .from(command.from());
        return describeAccess.encodedLength();
    }

    private int unwatch(final LeaseCommand command) {
        unwatch.wrapAndApplyHeader(buffer, 0, header)
                .clientId(command.clientId())
                .requestId(command.requestId())
                .watchRequestId(command.referredId());
        return unwatch.encodedLength();
    }

    private int describeKeys(final LeaseCommand command) {
        describeKeys
                .wrapAndApplyHeader(buffer, 0, header)
                .clientId(command.clientId())
                .requestId(command.requestId());
        return describeKeys.encodedLength();
    }

    private int changeKey(final LeaseCommand command) {
        final KeyChange change = command.change();
        changeKey
                .wrapAndApplyHeader(buffer, 0, header)
                .clientId(command.clientId())
                .requestId(command.requestId())
                .fingerprint(change.fingerprint())
                .revision(change.revision())
                .mac(change.mac())
                .action(change.action().code());
        return changeKey.encodedLength();
    }
}
