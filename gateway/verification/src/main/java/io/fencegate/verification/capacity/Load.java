package io.fencegate.verification.capacity;

import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.wire.AcquireEncoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.codecs.wire.ReleaseEncoder;
import io.fencegate.core.lease.command.LeaseLimits;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Many leases: how many, of how many clients, with names how long; and the commands that ask for them.
 *
 * <p>Mutable and reused; one thread.
 */
final class Load {
    /** Who asks beside those that hold all the leases. */
    static final long PROBE_CLIENT = Long.MAX_VALUE;

    private static final int DIGITS = 8;
    private static final int SPARE = 1000;
    private static final byte[] PROBE = "probe".getBytes(StandardCharsets.US_ASCII);

    private final int leases;
    private final int clients;
    private final byte[] name;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final AcquireEncoder acquire = new AcquireEncoder();
    private final ReleaseEncoder release = new ReleaseEncoder();

    Load(final int leases, final int clients, final int nameLength) {
        if (leases < 1 || clients < 1 || clients > leases || nameLength < DIGITS + 1) {
            throw new IllegalArgumentException(
                    "no such load: leases=" + leases + " clients=" + clients + " nameLength=" + nameLength);
        }
        this.leases = leases;
        this.clients = clients;
        name = "capacity/"
                .repeat(WireLimits.NAME_LENGTH_MAX)
                .substring(0, nameLength)
                .getBytes(StandardCharsets.US_ASCII);
    }

    int leases() {
        return leases;
    }

    int clients() {
        return clients;
    }

    int nameLength() {
        return name.length;
    }

    /** Limits under which it can be held. */
    LeaseLimits limits() {
        final LeaseLimits usual = LeaseLimits.DEFAULT;
        return new LeaseLimits(
                leases + SPARE,
                usual.waitersPerResource(),
                usual.waiters(),
                clients + SPARE,
                usual.watches(),
                usual.watchesPerSession(),
                usual.answersPerClient(),
                usual.answersKeptMs());
    }

    /** Where commands are encoded. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Asks for one of the leases. Returns the command's length. */
    int acquire(final int index, final long ttlMs) {
        int left = index;
        for (int i = name.length - 1; i >= name.length - DIGITS; i--) {
            name[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
        // Clients are numbered as random numbers are spread.
        return acquire((index % clients + 1) * 0x9E3779B97F4A7C15L, 1 + index / clients, ttlMs, name);
    }

    /** Asks for a lease beside them. Returns the command's length. */
    int probe(final long requestId, final long ttlMs) {
        return acquire(PROBE_CLIENT, requestId, ttlMs, PROBE);
    }

    /** Ends the lease beside them. Returns the command's length. */
    int endProbe(final long requestId, final long token) {
        release.wrapAndApplyHeader(buffer, 0, header)
                .clientId(PROBE_CLIENT)
                .requestId(requestId)
                .token(token)
                .putResource(PROBE, 0, PROBE.length);
        return MessageHeaderEncoder.ENCODED_LENGTH + release.encodedLength();
    }

    private int acquire(final long clientId, final long requestId, final long ttlMs, final byte[] resource) {
        acquire.wrapAndApplyHeader(buffer, 0, header)
                .clientId(clientId)
                .requestId(requestId)
                .ttlMs(ttlMs)
                .waitMs(0)
                .putResource(resource, 0, resource.length);
        return MessageHeaderEncoder.ENCODED_LENGTH + acquire.encodedLength();
    }
}
