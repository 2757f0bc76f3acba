package io.fencegate.sequencer.ingress;

import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.wire.AcquireDecoder;
import io.fencegate.codecs.wire.CancelWaitDecoder;
import io.fencegate.codecs.wire.ChangeAccessDecoder;
import io.fencegate.codecs.wire.ChangeKeyDecoder;
import io.fencegate.codecs.wire.DescribeAccessDecoder;
import io.fencegate.codecs.wire.DescribeDecoder;
import io.fencegate.codecs.wire.DescribeKeysDecoder;
import io.fencegate.codecs.wire.ListLeasesDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.NameEncodingDecoder;
import io.fencegate.codecs.wire.RaiseFloorDecoder;
import io.fencegate.codecs.wire.ReleaseDecoder;
import io.fencegate.codecs.wire.RenewDecoder;
import io.fencegate.codecs.wire.RevokeDecoder;
import io.fencegate.codecs.wire.UnwatchDecoder;
import io.fencegate.codecs.wire.WatchDecoder;
import io.fencegate.core.grant.SealKey.Action;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.sequencer.charter.KeyChange;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Decodes what clients send, trusting no byte of it: whatever comes in is in the log, and would be thrown at every node
 * again and again.
 *
 * <pre>
 *   0          8                  8 + block
 *  +----------+------------------+----------------------+ - - - +
 *  |  header  | block, one length| length (u16) | name  |       |   nothing may follow the last name
 *  |          | for each template|              |       |       |
 *  +----------+------------------+----------------------+ - - - +
 * </pre>
 *
 * <p>Called by the service container's thread.
 */
public final class IngressAdapter {
    private static final int NAME_LENGTH_BYTES = NameEncodingDecoder.varDataEncodingOffset();
    private static final int MALFORMED = -1;

    private final LeaseCommandHandler handler;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final AcquireDecoder acquire = new AcquireDecoder();
    private final RenewDecoder renew = new RenewDecoder();
    private final ReleaseDecoder release = new ReleaseDecoder();
    private final ListLeasesDecoder listLeases = new ListLeasesDecoder();
    private final CancelWaitDecoder cancelWait = new CancelWaitDecoder();
    private final RevokeDecoder revoke = new RevokeDecoder();
    private final RaiseFloorDecoder raiseFloor = new RaiseFloorDecoder();
    private final DescribeDecoder describe = new DescribeDecoder();
    private final WatchDecoder watch = new WatchDecoder();
    private final UnwatchDecoder unwatch = new UnwatchDecoder();
    private final ChangeKeyDecoder changeKey = new ChangeKeyDecoder();
    private final DescribeKeysDecoder describeKeys = new DescribeKeysDecoder();
    private final LeaseCommand command = new LeaseCommand();
    private final AccessAdapter access = new AccessAdapter();

    /**
     * Builds an adapter.
     *
     * @param handler of the commands
     */
    public IngressAdapter(final LeaseCommandHandler handler) {
        this.handler = handler;
    }

    /**
     * Decodes one message and hands it on: each message leads to exactly one call of the handler.
     *
     * @param buffer holding any bytes
     * @param offset of the message
     * @param length of the message, 0 or more
     */
    public void onMessage(final DirectBuffer buffer, final int offset, final int length) {
        if (length < WireLimits.HEADER_LENGTH) {
            handler.onMalformed(0, 0);
            return;
        }
        header.wrap(buffer, offset);
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID
                || header.version() != MessageHeaderDecoder.SCHEMA_VERSION) {
            handler.onMalformed(0, 0);
            return;
        }
        final int end = offset + length;
        switch (header.templateId()) {
            case AcquireDecoder.TEMPLATE_ID -> onAcquire(buffer, offset, end);
            case RenewDecoder.TEMPLATE_ID -> onRenew(buffer, offset, end);
            case ReleaseDecoder.TEMPLATE_ID -> onRelease(buffer, offset, end);
            case ListLeasesDecoder.TEMPLATE_ID -> onListLeases(buffer, offset, end);
            case CancelWaitDecoder.TEMPLATE_ID -> onCancelWait(buffer, offset, end);
            case RevokeDecoder.TEMPLATE_ID -> onRevoke(buffer, offset, end);
            case RaiseFloorDecoder.TEMPLATE_ID -> onRaiseFloor(buffer, offset, end);
            case DescribeDecoder.TEMPLATE_ID -> onDescribe(buffer, offset, end);
            case WatchDecoder.TEMPLATE_ID -> onWatch(buffer, offset, end);
            case UnwatchDecoder.TEMPLATE_ID -> onUnwatch(buffer, offset, end);
            case ChangeKeyDecoder.TEMPLATE_ID -> onChangeKey(buffer, offset, end);
            case DescribeKeysDecoder.TEMPLATE_ID -> onDescribeKeys(buffer, offset, end);
            case ChangeAccessDecoder.TEMPLATE_ID -> onChangeAccess(buffer, offset, end);
            case DescribeAccessDecoder.TEMPLATE_ID -> onDescribeAccess(buffer, offset, end);
            default -> handler.onMalformed(0, 0);
        }
    }

    private void onAcquire(final DirectBuffer buffer, final int offset, final int end) {
        final int block = offset + WireLimits.HEADER_LENGTH;
        if (!hasBlock(block, AcquireDecoder.BLOCK_LENGTH, end)) {
            handler.onMalformed(0, 0);
            return;
        }
        acquire.wrap(buffer, block, AcquireDecoder.BLOCK_LENGTH, AcquireDecoder.SCHEMA_VERSION);
        command.from(acquire.clientId(), acquire.requestId()).terms(0, acquire.ttlMs(), acquire.waitMs());
        if (takeLastName(buffer, block + AcquireDecoder.BLOCK_LENGTH, end)) {
            handler.onAcquire(command);
        }
    }

    private void onRenew(final DirectBuffer buffer, final int offset, final int end) {
        final int block = offset + WireLimits.HEADER_LENGTH;
        if (!hasBlock(block, RenewDecoder.BLOCK_LENGTH, end)) {
            handler.onMalformed(0, 0);
            return;
        }
        renew.wrap(buffer, block, RenewDecoder.BLOCK_LENGTH, RenewDecoder.SCHEMA_VERSION);
        command.from(renew.clientId(), renew.requestId()).terms(renew.token(), renew.ttlMs(), 0);
        if (takeLastName(buffer, block + RenewDecoder.BLOCK_LENGTH, end)) {
            handler.onRenew(command);
        }
    }

    private void onRelease(final DirectBuffer buffer, final int offset, final int end) {
        final int block = offset + WireLimits.HEADER_LENGTH;
        if (!hasBlock(block, ReleaseDecoder.BLOCK_LENGTH, end)) {
            handler.onMalformed(0, 0);
            return;
        }
        release.wrap(buffer, block, ReleaseDecoder.BLOCK_LENGTH, ReleaseDecoder.SCHEMA_VERSION);
        command.from(release.clientId(), release.requestId()).terms(release.token(), 0, 0);
        if (takeLastName(buffer, block + ReleaseDecoder.BLOCK_LENGTH, end)) {
            handler.onRelease(command);
        }
    }

    private void onCancelWait(final DirectBuffer buffer, final int offset, final int end) {
        final int block = offset + WireLimits.HEADER_LENGTH;
        if (!hasBlock(block, CancelWaitDecoder.BLOCK_LENGTH, end)) {
            handler.onMalformed(0, 0);
            return;
        }
        cancelWait.wrap(buffer, block, CancelWaitDecoder.BLOCK_LENGTH, CancelWaitDecoder.SCHEMA_VERSION);
        command.from(cancelWait.clientId(), cancelWait.requestId()).waitRequestId(cancelWait.waitRequestId());
        if (takeLastName(buffer, block + CancelWaitDecoder.BLOCK_LENGTH, end)) {
            handler.onCancelWait(command);
        }
    }

    private void onRevoke(final DirectBuffer buffer, final int offset, final int end) {
        final int block = offset + WireLimits.HEADER_LENGTH;
        if (!hasBlock(block, RevokeDecoder.BLOCK_LENGTH, end)) {
            handler.onMalformed(0, 0);
            return;
        }
        revoke.wrap(buffer, block, RevokeDecoder.BLOCK_LENGTH, RevokeDecoder.SCHEMA_VERSION);
        command.from(revoke.clientId(), revoke.requestId()).terms(revoke.token(), 0, 0);
        if (takeLastName(buffer, block + RevokeDecoder.BLOCK_LENGTH, end)) {
            handler.onRevoke(command);
        }
    }

    private void onRaiseFloor(final DirectBuffer buffer, final int offset, final int end) {
        final int block = offset + WireLimits.HEADER_LENGTH;
        if (!hasBlock(block, RaiseFloorDecoder.BLOCK_LENGTH, end)) {
            handler.onMalformed(0, 0);
            return;
        }
        raiseFloor.wrap(buffer, block, RaiseFloorDecoder.BLOCK_LENGTH, RaiseFloorDecoder.SCHEMA_VERSION);
        command.from(raiseFloor.clientId(), raiseFloor.requestId())
                .terms(raiseFloor.token(), 0, 0)
                .proven(raiseFloor.provenClientId(), raiseFloor.proof());
        if (takeLastName(buffer, block + RaiseFloorDecoder.BLOCK_LENGTH, end)) {
            handler.onRaiseFloor(command);
        }
    }

    private void onDescribe(final DirectBuffer buffer, final int offset, final int end) {
        final int block = offset + WireLimits.HEADER_LENGTH;
        if (!hasBlock(block, DescribeDecoder.BLOCK_LENGTH, end)) {
            handler.onMalformed(0, 0);
            return;
        }
        describe.wrap(buffer, block, DescribeDecoder.BLOCK_LENGTH, DescribeDecoder.SCHEMA_VERSION);
        command.from(describe.clientId(), describe.requestId());
        if (takeLastName(buffer, block + DescribeDecoder.BLOCK_LENGTH, end)) {
            handler.onDescribe(command);
        }
    }

    private void onWatch(final DirectBuffer buffer, final int offset, final int end) {
        final int block = offset + WireLimits.HEADER_LENGTH;
        if (!hasBlock(block, WatchDecoder.BLOCK_LENGTH, end)) {
            handler.onMalformed(0, 0);
            return;
        }
        watch.wrap(buffer, block, WatchDecoder.BLOCK_LENGTH, WatchDecoder.SCHEMA_VERSION);
        command.from(watch.clientId(), watch.requestId());
        if (takeLastName(buffer, block + WatchDecoder.BLOCK_LENGTH, end)) {
            handler.onWatch(command);
        }
    }

    private void onUnwatch(final DirectBuffer buffer, final int offset, final int end) {
        final int block = offset + WireLimits.HEADER_LENGTH;
        if (!isBlock(block, UnwatchDecoder.BLOCK_LENGTH, end)) {
            handler.onMalformed(0, 0);
            return;
        }
        unwatch.wrap(buffer, block, UnwatchDecoder.BLOCK_LENGTH, UnwatchDecoder.SCHEMA_VERSION);
        handler.onUnwatch(unwatch.clientId(), unwatch.requestId(), unwatch.watchRequestId());
    }

    private void onChangeKey(final DirectBuffer buffer, final int offset, final int end) {
        final int block = offset + WireLimits.HEADER_LENGTH;
        if (!isBlock(block, ChangeKeyDecoder.BLOCK_LENGTH, end)) {
            handler.onMalformed(0, 0);
            return;
        }
        changeKey.wrap(buffer, block, ChangeKeyDecoder.BLOCK_LENGTH, ChangeKeyDecoder.SCHEMA_VERSION);
        final Action action = Action.ofCode(changeKey.action());
        if (action == null) {
            handler.onMalformed(changeKey.clientId(), changeKey.requestId());
            return;
        }
        handler.onChangeKey(new KeyChange(
                changeKey.clientId(),
                changeKey.requestId(),
                action,
                changeKey.fingerprint(),
                changeKey.revision(),
                changeKey.mac()));
    }

    private void onDescribeKeys(final DirectBuffer buffer, final int offset, final int end) {
        final int block = offset + WireLimits.HEADER_LENGTH;
        if (!isBlock(block, DescribeKeysDecoder.BLOCK_LENGTH, end)) {
            handler.onMalformed(0, 0);
            return;
        }
        describeKeys.wrap(buffer, block, DescribeKeysDecoder.BLOCK_LENGTH, DescribeKeysDecoder.SCHEMA_VERSION);
        handler.onDescribeKeys(describeKeys.clientId(), describeKeys.requestId());
    }

    private void onListLeases(final DirectBuffer buffer, final int offset, final int end) {
        final int block = offset + WireLimits.HEADER_LENGTH;
        if (!hasBlock(block, ListLeasesDecoder.BLOCK_LENGTH, end)) {
            handler.onMalformed(0, 0);
            return;
        }
        listLeases.wrap(buffer, block, ListLeasesDecoder.BLOCK_LENGTH, ListLeasesDecoder.SCHEMA_VERSION);
        final long clientId = listLeases.clientId();
        final long requestId = listLeases.requestId();
        final int prefix = block + ListLeasesDecoder.BLOCK_LENGTH;
        final int prefixLength = nameLength(buffer, prefix, end);
        final int after = prefix + NAME_LENGTH_BYTES + prefixLength;
        final int afterLength = prefixLength == MALFORMED ? MALFORMED : nameLength(buffer, after, end);
        if (afterLength == MALFORMED || after + NAME_LENGTH_BYTES + afterLength != end) {
            handler.onMalformed(clientId, requestId);
            return;
        }
        handler.onListLeases(
                clientId,
                requestId,
                buffer,
                prefix + NAME_LENGTH_BYTES,
                prefixLength,
                after + NAME_LENGTH_BYTES,
                afterLength);
    }

    private void onChangeAccess(final DirectBuffer buffer, final int offset, final int end) {
        final int block = offset + WireLimits.HEADER_LENGTH;
        if (!hasBlock(block, ChangeAccessDecoder.BLOCK_LENGTH, end)) {
            handler.onMalformed(0, 0);
            return;
        }
        final ChangeAccessDecoder change = access.change(buffer, block);
        final int principal = block + ChangeAccessDecoder.BLOCK_LENGTH;
        final int principalLength = nameLength(buffer, principal, end);
        final int prefix = principal + NAME_LENGTH_BYTES + principalLength;
        final int prefixLength = principalLength == MALFORMED ? MALFORMED : nameLength(buffer, prefix, end);
        if (prefixLength == MALFORMED || prefix + NAME_LENGTH_BYTES + prefixLength != end) {
            handler.onMalformed(change.clientId(), change.requestId());
            return;
        }
        handler.onChangeAccess(access.withRule(
                buffer, principal + NAME_LENGTH_BYTES, principalLength, prefix + NAME_LENGTH_BYTES, prefixLength));
    }

    private void onDescribeAccess(final DirectBuffer buffer, final int offset, final int end) {
        final int block = offset + WireLimits.HEADER_LENGTH;
        if (!hasBlock(block, DescribeAccessDecoder.BLOCK_LENGTH, end)
                || block + DescribeAccessDecoder.BLOCK_LENGTH != end) {
            handler.onMalformed(0, 0);
            return;
        }
        final DescribeAccessDecoder describe = access.describe(buffer, block);
        handler.onDescribeAccess(describe.clientId(), describe.requestId(), describe.from());
    }

    /** Reads the name that ends a command; a name that is too short or too long is the law's to refuse. */
    private boolean takeLastName(final DirectBuffer buffer, final int offset, final int end) {
        if (end - offset < NAME_LENGTH_BYTES || offset + NAME_LENGTH_BYTES + lengthAt(buffer, offset) != end) {
            handler.onMalformed(command.clientId(), command.requestId());
            return false;
        }
        command.name(buffer, offset + NAME_LENGTH_BYTES, end - offset - NAME_LENGTH_BYTES);
        return true;
    }

    private boolean hasBlock(final int block, final int blockLength, final int end) {
        return header.blockLength() == blockLength && end - block >= blockLength;
    }

    /** A command without a name ends with its block. */
    private boolean isBlock(final int block, final int blockLength, final int end) {
        return hasBlock(block, blockLength, end) && block + blockLength == end;
    }

    private static int nameLength(final DirectBuffer buffer, final int offset, final int end) {
        if (end - offset < NAME_LENGTH_BYTES) {
            return MALFORMED;
        }
        final int length = lengthAt(buffer, offset);
        final boolean isWhole = length <= WireLimits.NAME_LENGTH_MAX && end - offset - NAME_LENGTH_BYTES >= length;
        return isWhole ? length : MALFORMED;
    }

    private static int lengthAt(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }
}
