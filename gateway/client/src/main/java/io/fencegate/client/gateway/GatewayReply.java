package io.fencegate.client.gateway;

import io.fencegate.client.session.writer.Opened;
import io.fencegate.core.grant.Verdict;

/**
 * The answer to an open or a read. A client waits for one at a time.
 *
 * <p>Immutable but for the payload's bytes, which are a copy; any thread.
 *
 * @param verdict OPENED, FOUND, or the rule that refused
 * @param opened what the gateway told, where it opened
 * @param fenceToken token that fences the caller; 0 where none does
 * @param fenceClientId client of the grant that fences the caller; 0 where none does
 * @param record where the last record stands, if one was found: its sequence, token, generation and position
 * @param payloadCrc CRC32C of the record's payload, as the gateway has it
 * @param payload the record's bytes, where one was found
 */
public record GatewayReply(
        Verdict verdict,
        Opened opened,
        long fenceToken,
        long fenceClientId,
        RecordPlace record,
        int payloadCrc,
        byte[] payload) {
    /**
     * Where a record stands.
     *
     * @param token under which it was written
     * @param sequence of the write
     * @param generation of the gateway that accepted it
     * @param position in the journal
     */
    public record RecordPlace(long token, long sequence, long generation, long position) {}

    static GatewayReply opened(final Opened opened) {
        return new GatewayReply(Verdict.OPENED, opened, 0, 0, null, 0, null);
    }

    static GatewayReply refused(final Verdict verdict, final long fenceToken, final long fenceClientId) {
        return new GatewayReply(verdict, null, fenceToken, fenceClientId, null, 0, null);
    }

    static GatewayReply found(final RecordPlace record, final int payloadCrc, final byte[] payload) {
        return new GatewayReply(Verdict.FOUND, null, 0, 0, record, payloadCrc, payload);
    }
}
