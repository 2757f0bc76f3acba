package io.fencegate.sequencer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Token;
import io.fencegate.sequencer.WireCommands;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a command is told by a verdict, in the session in which it came, and counted. */
class BadCommandTest {
    private static final long ANN = 7;
    private static final long BOB = 8;
    private static final long DAY_MS = 86_400_000;
    private static final long TOKEN_1 = Token.of(0, 1);

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    private final WireCommands commands = new WireCommands(buffer, 0);
    private final ServiceRig rig = annHolds();
    private long request = 10;

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 49, DAY_MS + 1, Long.MAX_VALUE})
    void aTimeToLiveOutOfRange(final long ttlMs) {
        refused(LeaseVerdict.TTL_OUT_OF_RANGE, commands.acquire(BOB, ++request, ttlMs, 0, "free"));
        refused(LeaseVerdict.TTL_OUT_OF_RANGE, commands.renew(ANN, ++request, TOKEN_1, ttlMs, "orders"));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, DAY_MS + 1, Long.MAX_VALUE})
    void aWaitOutOfRange(final long waitMs) {
        refused(LeaseVerdict.WAIT_OUT_OF_RANGE, commands.acquire(BOB, ++request, 1000, waitMs, "orders"));
    }

    /** Empty, control characters, half a character, a surrogate, longer than need be, 129 bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"", "00", "610a62", "7f", "c285", "ff", "c3", "eda080", "c0af", "129"})
    void aNameThatIsNone(final String hex) {
        final byte[] name = hex.equals("129")
                ? "n".repeat(129).getBytes(StandardCharsets.UTF_8)
                : HexFormat.of().parseHex(hex);
        refused(LeaseVerdict.BAD_NAME, named(commands.acquire(BOB, ++request, 1000, 0, ""), name));
        refused(LeaseVerdict.BAD_NAME, named(commands.renew(ANN, ++request, TOKEN_1, 1000, ""), name));
        refused(LeaseVerdict.BAD_NAME, named(commands.release(ANN, ++request, TOKEN_1, ""), name));
        refused(LeaseVerdict.BAD_NAME, named(commands.cancelWait(BOB, ++request, 1, ""), name));
        refused(LeaseVerdict.BAD_NAME, named(commands.revoke(BOB, ++request, TOKEN_1, ""), name));
        refused(LeaseVerdict.BAD_NAME, named(commands.describe(BOB, ++request, ""), name));
    }

    @Test
    void aStranger() {
        refused(LeaseVerdict.LEASE_LOST, commands.renew(BOB, ++request, TOKEN_1, 1000, "orders"));
        refused(LeaseVerdict.LEASE_LOST, commands.release(BOB, ++request, TOKEN_1, "orders"));
        refused(LeaseVerdict.LEASE_LOST, commands.renew(ANN, ++request, Token.of(0, 2), 1000, "orders"));
        refused(LeaseVerdict.LEASE_LOST, commands.release(ANN, ++request, TOKEN_1, "invoices"));
        rig.takeSaid();

        rig.describe(1, 1000, ANN, ++request);
        assertTrue(rig.takeSaid().get(0).contains("holder=7 token=1 "), "Ann's lease is what it was");
    }

    @Test
    void aProtocolThatIsNotOurs() {
        final int length = commands.acquire(BOB, ++request, 1000, 0, "free");
        final MessageHeaderEncoder header = new MessageHeaderEncoder().wrap(buffer, 0);
        header.version(MessageHeaderDecoder.SCHEMA_VERSION + 1);
        refused(LeaseVerdict.MALFORMED, length);
        header.version(MessageHeaderDecoder.SCHEMA_VERSION).schemaId(MessageHeaderDecoder.SCHEMA_ID + 1);
        refused(LeaseVerdict.MALFORMED, length);
        header.schemaId(MessageHeaderDecoder.SCHEMA_ID).templateId(0xFFFF);
        refused(LeaseVerdict.MALFORMED, length);
    }

    @Test
    void moreThanTheLimits() {
        for (int i = 1; i < ServiceRig.LIMITS.leases(); i++) {
            send(commands.acquire(ANN, ++request, 1000, 0, "lease/" + i));
        }
        refused(LeaseVerdict.TOO_MANY_LEASES, commands.acquire(ANN, ++request, 1000, 0, "one-more"));
        for (int i = 0; i < ServiceRig.LIMITS.waitersPerResource(); i++) {
            send(commands.acquire(BOB, ++request, 1000, 1000, "orders"));
        }
        refused(LeaseVerdict.TOO_MANY_WAITERS_FOR_RESOURCE, commands.acquire(BOB, ++request, 1000, 1000, "orders"));
        for (int i = ServiceRig.LIMITS.waitersPerResource(); i < ServiceRig.LIMITS.waiters(); i++) {
            send(commands.acquire(BOB, ++request, 1000, 1000, "lease/" + i));
        }
        refused(LeaseVerdict.TOO_MANY_WAITERS, commands.acquire(BOB, ++request, 1000, 1000, "lease/1"));
        for (int i = 2; i < ServiceRig.LIMITS.clients(); i++) {
            send(commands.release(1000 + i, ++request, TOKEN_1, "orders"));
        }
        refused(LeaseVerdict.TOO_MANY_CLIENTS, commands.acquire(9, ++request, 1000, 1000, "orders"));
        for (int i = 0; i < ServiceRig.LIMITS.watchesPerSession(); i++) {
            send(commands.watch(ANN, ++request, "w"));
        }
        refused(LeaseVerdict.TOO_MANY_WATCHES, commands.watch(ANN, ++request, "w"));
    }

    private void refused(final LeaseVerdict verdict, final int length) {
        final long before = rig.counters.refusals(verdict);
        final List<String> said = send(length);
        assertEquals(1, said.size(), said::toString);
        assertTrue(said.get(0).startsWith("1: " + verdict + " client="), said::toString);
        assertEquals(before + 1, rig.counters.refusals(verdict));
    }

    private List<String> send(final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        rig.takeSaid();
        rig.bytes(1, 1000, bytes);
        return rig.takeSaid();
    }

    /** Puts a name at the end of a command that has an empty one there. */
    private int named(final int length, final byte[] name) {
        buffer.putShort(length - Short.BYTES, (short) name.length, ByteOrder.LITTLE_ENDIAN);
        buffer.putBytes(length, name);
        return length + name.length;
    }

    private static ServiceRig annHolds() {
        final ServiceRig rig = new ServiceRig();
        rig.start();
        rig.term(0, 1000);
        rig.open(1, 1000);
        rig.acquire(1, 1000, ANN, 1, 0);
        return rig;
    }
}
