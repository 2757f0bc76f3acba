package io.fencegate.sequencer.charter;

import io.fencegate.codecs.WireLimits;
import io.fencegate.core.lease.command.LeaseLimits;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What decides answers beside the log: every node is configured with it, and those of one cluster must have the same.
 * Where nodes listen is no part of it, because a node may move to another address.
 *
 * <p>Immutable; any thread.
 *
 * @param members of the cluster: 1, 3 or 5
 * @param tickMs of log time between two looks for what is over
 * @param limits of the lease table
 */
public record Charter(int members, long tickMs, LeaseLimits limits) {
    /** Version of the rules by which the state machine makes answers of commands. */
    public static final int RULES_VERSION = 1;

    private static final String ALGORITHM = "SHA-256";

    /**
     * Names all values by a number: the same for equal charters, and another for (almost) every other.
     *
     * @return 62 bits
     */
    public long digest() {
        try {
            final byte[] text = toString().getBytes(StandardCharsets.US_ASCII);
            final DirectBuffer hash =
                    new UnsafeBuffer(MessageDigest.getInstance(ALGORITHM).digest(text));
            return hash.getLong(0, ByteOrder.BIG_ENDIAN) >>> (Long.SIZE - FoundingTimer.VALUE_BITS);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** All values, for people, and for the digest: a change of this text is another charter. @return one line */
    @Override
    public String toString() {
        return "members=" + members + " tickMs=" + tickMs + " leases=" + limits.leases() + " waitersPerResource="
                + limits.waitersPerResource() + " waiters=" + limits.waiters() + " clients=" + limits.clients()
                + " watches=" + limits.watches() + " watchesPerSession=" + limits.watchesPerSession()
                + " answersPerClient=" + limits.answersPerClient() + " answersKeptMs=" + limits.answersKeptMs()
                + " rules=" + RULES_VERSION + " protocol=" + WireLimits.PROTOCOL_VERSION;
    }
}
