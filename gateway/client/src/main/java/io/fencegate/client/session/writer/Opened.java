package io.fencegate.client.session.writer;

/**
 * What the gateway told when a writer opened its resource: the state that nobody else can change any more.
 *
 * <p>Immutable; any thread.
 *
 * @param handle the gateway's number of the resource
 * @param token the token that is now the fence
 * @param sequenceLast last accepted sequence under this token; 0 if none
 * @param runningCrc CRC32C over the payload CRCs of this token's records; 0 if none
 * @param lastToken token of the last accepted record; 0 if there is none
 * @param lastSequence sequence of the last accepted record; 0 if there is none
 * @param lastGeneration generation of the last accepted record; 0 if there is none
 * @param lastPosition position of the last accepted record; 0 if there is none
 */
public record Opened(
        int handle,
        long token,
        long sequenceLast,
        int runningCrc,
        long lastToken,
        long lastSequence,
        long lastGeneration,
        long lastPosition) {}
