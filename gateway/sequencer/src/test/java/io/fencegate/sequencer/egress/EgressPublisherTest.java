package io.fencegate.sequencer.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Publication;
import io.aeron.cluster.service.ClientSession;
import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.wire.GrantedDecoder;
import io.fencegate.codecs.wire.LeasesDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.Sealer;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves fits one fragment, and who does not take it holds nobody up. */
class EgressPublisherTest {
    private static final SealKey KEY = SealKey.parse("000102030405060708090a0b0c0d0e0f");

    private final EgressPublisher publisher = new EgressPublisher(Sealer.of(KEY));
    private final UnsafeBuffer name = new UnsafeBuffer(new byte[WireLimits.NAME_LENGTH_MAX]);
    private final List<UnsafeBuffer> offered = new ArrayList<>();
    private long offerResult = 1;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 60, 127, 128})
    void aPageTakesWhatFitsOneFragmentAndNoMore(final int nameLength) {
        name.setMemory(0, nameLength, (byte) 'n');
        publisher.beginPage(7, 8);
        int taken = 0;
        while (taken < EgressPublisher.LEASES_PER_PAGE_MAX && publisher.onLease(taken, 2, 3, 4, name, 0, nameLength)) {
            taken++;
        }
        assertTrue(publisher.endPage(session(), true));

        final UnsafeBuffer message = offered.get(0);
        final int entryLength = 28 + 2 + nameLength;
        assertTrue(message.capacity() <= WireLimits.SEQUENCER_MESSAGE_LENGTH_MAX);
        assertTrue(message.capacity() + entryLength > WireLimits.SEQUENCER_MESSAGE_LENGTH_MAX);
        final LeasesDecoder leases = new LeasesDecoder().wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        assertEquals(8, leases.requestId());
        assertEquals(1, leases.more());
        int read = 0;
        for (final LeasesDecoder.LeaseDecoder lease : leases.lease()) {
            assertEquals(read, lease.holder());
            assertEquals("n".repeat(nameLength), lease.resource());
            read++;
        }
        assertEquals(taken, read);
    }

    @Test
    void anEmptyPageIsAnAnswerToo() {
        publisher.beginPage(7, 8);

        assertTrue(publisher.endPage(session(), false));

        final LeasesDecoder leases =
                new LeasesDecoder().wrapAndApplyHeader(offered.get(0), 0, new MessageHeaderDecoder());
        assertEquals(0, leases.more());
        assertEquals(0, leases.lease().count());
    }

    @Test
    void aGrantIsSealedWhenItLeaves() {
        name.putStringWithoutLengthUtf8(0, "orders");

        assertTrue(publisher.onGranted(session(), 7, 8, 9, 1000, 900, name, 0, 6));

        final GrantedDecoder granted =
                new GrantedDecoder().wrapAndApplyHeader(offered.get(0), 0, new MessageHeaderDecoder());
        assertEquals(Sealer.of(KEY).seal(9, 7, name, 0, 6), granted.seal());
        assertEquals("orders", granted.resource());
    }

    @ParameterizedTest
    @ValueSource(
            longs = {Publication.BACK_PRESSURED, Publication.ADMIN_ACTION, Publication.NOT_CONNECTED, Publication.CLOSED
            })
    void aSessionThatTakesNothingIsTriedAFewTimesOnly(final long result) {
        offerResult = result;

        assertFalse(publisher.onQueued(session(), 7, 8, 1));

        assertEquals(3, offered.size());
    }

    private ClientSession session() {
        return (ClientSession) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ClientSession.class}, (proxy, method, arguments) -> {
                    final UnsafeBuffer message = new UnsafeBuffer(new byte[(Integer) arguments[2]]);
                    message.putBytes(0, (DirectBuffer) arguments[0], (Integer) arguments[1], message.capacity());
                    offered.add(message);
                    return offerResult;
                });
    }
}
