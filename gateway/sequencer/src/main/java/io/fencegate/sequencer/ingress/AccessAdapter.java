package io.fencegate.sequencer.ingress;

import io.fencegate.codecs.wire.ChangeAccessDecoder;
import io.fencegate.codecs.wire.DescribeAccessDecoder;
import io.fencegate.core.access.AccessChange;
import io.fencegate.core.access.AccessRule;
import io.fencegate.core.grant.ResourceName;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Turns the fields of an operator's command, whose shape was checked, into what the law takes. Whatever is no rule stays
 * none: the law refuses it.
 *
 * <p>Called by the service container's thread.
 */
final class AccessAdapter {
    /** A prefix that no name begins with. */
    private static final String NO_PREFIX = "\0";

    private final ChangeAccessDecoder change = new ChangeAccessDecoder();
    private final DescribeAccessDecoder describe = new DescribeAccessDecoder();

    ChangeAccessDecoder change(final DirectBuffer buffer, final int block) {
        return change.wrap(buffer, block, ChangeAccessDecoder.BLOCK_LENGTH, ChangeAccessDecoder.SCHEMA_VERSION);
    }

    DescribeAccessDecoder describe(final DirectBuffer buffer, final int block) {
        return describe.wrap(buffer, block, DescribeAccessDecoder.BLOCK_LENGTH, DescribeAccessDecoder.SCHEMA_VERSION);
    }

    /** The change that was wrapped last, with the rule that its texts make. */
    AccessChange withRule(
            final DirectBuffer buffer,
            final int principalOffset,
            final int principalLength,
            final int prefixOffset,
            final int prefixLength) {
        final byte[] principal = new byte[principalLength];
        buffer.getBytes(principalOffset, principal);
        final boolean isChange = change.allowed() <= 1; // Any other number is none: so is a rule without rights.
        return new AccessChange(
                change.clientId(),
                change.requestId(),
                change.revision(),
                change.allowed() == 1,
                new AccessRule(
                        new String(principal, StandardCharsets.ISO_8859_1),
                        prefix(buffer, prefixOffset, prefixLength),
                        isChange ? change.rights() : 0));
    }

    private static String prefix(final DirectBuffer buffer, final int offset, final int length) {
        if (length == 0) {
            return "";
        }
        return ResourceName.isValid(buffer, offset, length)
                ? buffer.getStringWithoutLengthUtf8(offset, length)
                : NO_PREFIX;
    }
}
