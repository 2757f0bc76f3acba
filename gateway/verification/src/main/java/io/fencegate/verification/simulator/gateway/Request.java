package io.fencegate.verification.simulator.gateway;

/**
 * What a client says to the gateway. Fields that its kind does not have are 0 or null. Immutable.
 *
 * @param kind of the message
 * @param connection that it comes over
 * @param correlationId that its answer bears
 * @param clientId of the client, or of the grant
 * @param resource to open or read
 * @param token of the grant or the write
 * @param seal of the grant
 * @param handle of the resource written to
 * @param sequence of the write
 * @param payloadCrc of the write
 * @param payload of the write
 */
public record Request(
        Kind kind,
        Connection connection,
        long correlationId,
        long clientId,
        String resource,
        long token,
        long seal,
        int handle,
        long sequence,
        int payloadCrc,
        byte[] payload) {
    /** What a message is. Immutable; any thread. */
    public enum Kind {
        /** Says who the client is. */
        HELLO,
        /** Opens a resource. */
        OPEN,
        /** Writes. */
        WRITE,
        /** Reads the last record. */
        READ,
        /** Says that the client lives. */
        KEEP_ALIVE,
        /** Says that the client leaves. */
        GOODBYE
    }

    /** A message without contents. @return of that kind */
    public static Request of(final Kind kind, final Connection connection, final long clientId) {
        return new Request(kind, connection, 1, clientId, null, 0, 0, 0, 0, 0, null);
    }

    /** The same request, said by somebody else. @param other connection that it comes over @return with the same contents */
    public Request over(final Connection other) {
        return new Request(
                kind, other, correlationId, clientId, resource, token, seal, handle, sequence, payloadCrc, payload);
    }
}
