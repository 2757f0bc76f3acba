package io.fencegate.codecs;

import io.fencegate.codecs.wire.ChangeKeyEncoder;
import io.fencegate.codecs.wire.DescribeKeysEncoder;
import io.fencegate.codecs.wire.KeysEncoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import org.agrona.MutableDirectBuffer;

/** The messages of the seals' keys, with fixed values. */
final class KeyMessages {
    private KeyMessages() {}

    static int changeKey(final MutableDirectBuffer buffer, final MessageHeaderEncoder header) {
        return new ChangeKeyEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .clientId(0x1102030405060708L)
                .requestId(0x1202030405060708L)
                .fingerprint(0x1302030405060708L)
                .revision(0x1402030405060708L)
                .mac(0x1502030405060708L)
                .action((short) 2)
                .encodedLength();
    }

    static int describeKeys(final MutableDirectBuffer buffer, final MessageHeaderEncoder header) {
        return new DescribeKeysEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .clientId(0x1102030405060708L)
                .requestId(0x1202030405060708L)
                .encodedLength();
    }

    static int keys(final MutableDirectBuffer buffer, final MessageHeaderEncoder header) {
        return new KeysEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestId(0x1102030405060708L)
                .clientId(0x1202030405060708L)
                .revision(0x1302030405060708L)
                .newest(0x1402030405060708L)
                .older(0x1502030405060708L)
                .retirementPosition(0x1602030405060708L)
                .live((short) 2)
                .encodedLength();
    }
}
