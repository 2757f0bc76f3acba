package io.fencegate.sequencer.snapshot;

import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.snapshot.MessageHeaderEncoder;
import io.fencegate.codecs.snapshot.NameEncodingDecoder;
import io.fencegate.codecs.snapshot.SnapshotAccessDecoder;
import io.fencegate.codecs.snapshot.SnapshotAccessEncoder;
import io.fencegate.core.access.AccessChange;
import io.fencegate.core.access.AccessRule;
import io.fencegate.core.access.Principal;
import io.fencegate.core.lease.LeaseStateVisitor;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The records of who may do what: the count of changes with the last of them, each rule, and whose the client or watch in
 * the next record is.
 *
 * <p>Used by the thread that takes or loads the snapshot.
 */
final class AccessRecords {
    private static final int CHANGES = 1;
    private static final int RULE = 2;
    private static final int PRINCIPAL = 3;
    private static final int NAME_LENGTH_BYTES = NameEncodingDecoder.varDataEncodingOffset();

    private final SnapshotAccessEncoder encoder = new SnapshotAccessEncoder();
    private final SnapshotAccessDecoder decoder = new SnapshotAccessDecoder();
    private Principal owner = Principal.ANONYMOUS;

    /** Encodes the count of changes; returns the encoded length. */
    int changes(
            final MutableDirectBuffer buffer,
            final MessageHeaderEncoder header,
            final long revision,
            final AccessChange last) {
        return encode(buffer, header, CHANGES, revision, last);
    }

    /** Encodes a rule; returns the encoded length. */
    int rule(final MutableDirectBuffer buffer, final MessageHeaderEncoder header, final AccessRule rule) {
        return encode(buffer, header, RULE, 0, new AccessChange(0, 0, 0, false, rule));
    }

    /** Encodes whose the next record is; returns the encoded length. */
    int principal(final MutableDirectBuffer buffer, final MessageHeaderEncoder header, final Principal principal) {
        return encode(
                buffer,
                header,
                PRINCIPAL,
                0,
                new AccessChange(0, 0, 0, false, new AccessRule(principal.name(), "", 0)));
    }

    private int encode(
            final MutableDirectBuffer buffer,
            final MessageHeaderEncoder header,
            final int kind,
            final long revision,
            final AccessChange change) {
        encoder.wrapAndApplyHeader(buffer, 0, header)
                .revision(revision)
                .clientId(change.clientId())
                .requestId(change.requestId())
                .revisionExpected(change.revisionExpected())
                .kind((short) kind)
                .allowed((short) (change.isAllowed() ? 1 : 0))
                .rights((short) change.rule().rights())
                .principal(change.rule().principal())
                .prefix(change.rule().prefix());
        return encoder.encodedLength();
    }

    /** Decodes a record whose block is there, and tells it on. */
    void onRecord(final DirectBuffer buffer, final int block, final int end, final LeaseStateVisitor state) {
        decoder.wrap(buffer, block, SnapshotAccessDecoder.BLOCK_LENGTH, SnapshotAccessDecoder.SCHEMA_VERSION);
        final int principalAt = block + SnapshotAccessDecoder.BLOCK_LENGTH;
        final String principal = text(buffer, principalAt, end);
        final int prefixAt =
                principalAt + NAME_LENGTH_BYTES + (buffer.getShort(principalAt, ByteOrder.LITTLE_ENDIAN) & 0xFFFF);
        final String prefix = text(buffer, prefixAt, end);
        if (prefixAt + NAME_LENGTH_BYTES + prefix.getBytes(StandardCharsets.UTF_8).length != end) {
            throw new SnapshotException("a snapshot's record of rules does not end with its last name");
        }
        final AccessRule rule = new AccessRule(principal, prefix, decoder.rights());
        switch (decoder.kind()) {
            case CHANGES ->
                state.onAccess(
                        decoder.revision(),
                        new AccessChange(
                                decoder.clientId(),
                                decoder.requestId(),
                                decoder.revisionExpected(),
                                decoder.allowed() == 1,
                                rule));
            case RULE -> state.onRule(rule);
            case PRINCIPAL -> owner = new Principal(principal);
            default -> throw new SnapshotException("a snapshot's record of rules is of no kind: " + decoder.kind());
        }
    }

    /** Whether it was said whose the next record is. */
    boolean hasOwner() {
        return owner.isNamed();
    }

    /** Whose the record after the last one is. */
    Principal takeOwner() {
        final Principal taken = owner;
        owner = Principal.ANONYMOUS;
        return taken;
    }

    private static String text(final DirectBuffer buffer, final int offset, final int end) {
        final int left = end - offset - NAME_LENGTH_BYTES;
        final int length = left < 0 ? -1 : buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        if (left < 0 || length > left || length > WireLimits.NAME_LENGTH_MAX) {
            throw new SnapshotException("a snapshot's record of rules has a bad name: length=" + length);
        }
        return buffer.getStringWithoutLengthUtf8(offset + NAME_LENGTH_BYTES, length);
    }
}
