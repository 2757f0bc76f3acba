package io.fencegate.codecs;

import io.fencegate.codecs.wire.AccessEncoder;
import io.fencegate.codecs.wire.ChangeAccessEncoder;
import io.fencegate.codecs.wire.DescribeAccessEncoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import java.util.Map;
import org.agrona.MutableDirectBuffer;

/** The messages of who may do what, with fixed values. */
final class AccessMessages {
    private AccessMessages() {}

    static void addTo(final Map<String, MessageWriter> messages) {
        messages.put("ChangeAccess", AccessMessages::changeAccess);
        messages.put("DescribeAccess", AccessMessages::describeAccess);
        messages.put("Access", AccessMessages::access);
    }

    private static int changeAccess(final MutableDirectBuffer buffer, final MessageHeaderEncoder header) {
        return new ChangeAccessEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .clientId(0x1102030405060708L)
                .requestId(0x1202030405060708L)
                .revision(0x1302030405060708L)
                .allowed((short) 1)
                .rights((short) 0x15)
                .principal("alice")
                .prefix("orders/é")
                .encodedLength();
    }

    private static int describeAccess(final MutableDirectBuffer buffer, final MessageHeaderEncoder header) {
        return new DescribeAccessEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .clientId(0x1102030405060708L)
                .requestId(0x1202030405060708L)
                .from(0x130B0C0D)
                .encodedLength();
    }

    private static int access(final MutableDirectBuffer buffer, final MessageHeaderEncoder header) {
        final AccessEncoder access = new AccessEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestId(0x1102030405060708L)
                .clientId(0x1202030405060708L)
                .revision(0x1302030405060708L)
                .rules(0x140B0C0D)
                .from(0x150B0C0D)
                .more((short) 1);
        access.ruleCount(2)
                .next()
                .rights((short) 0x17)
                .principal("*")
                .prefix("")
                .next()
                .rights((short) 0x18)
                .principal("alice")
                .prefix("orders/é");
        return access.encodedLength();
    }
}
