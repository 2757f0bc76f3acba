package io.fencegate.client.gateway;

import io.fencegate.core.grant.Verdict;

/**
 * The answer to a read. A client waits for one at a time.
 *
 * <p>Immutable but for the payload's bytes, which are a copy; any thread.
 *
 * @param verdict FOUND, or the rule that refused
 * @param record where the last record stands, if one was found
 * @param payloadCrc CRC32C of the record's payload, as the gateway has it
 * @param payload the record's bytes, where one was found
 */
public record GatewayReply(Verdict verdict, RecordPlace record, int payloadCrc, byte[] payload) {
    /**
     * Where a record stands.
     *
     * @param token under which it was written
     * @param sequence of the write
     * @param generation of the gateway that accepted it
     * @param position in the journal
     */
    public record RecordPlace(long token, long sequence, long generation, long position) {}

    static GatewayReply refused(final Verdict verdict) {
        return new GatewayReply(verdict, null, 0, null);
    }

    static GatewayReply found(final RecordPlace record, final int payloadCrc, final byte[] payload) {
        return new GatewayReply(Verdict.FOUND, record, payloadCrc, payload);
    }
}
