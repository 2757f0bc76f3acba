package io.fencegate.client;

/**
 * The last accepted record of a resource.
 *
 * <p>Immutable but for the bytes of the payload, which are the caller's own copy.
 *
 * @param resource that it belongs to
 * @param token under which it was written
 * @param sequence of the write under this token
 * @param generation of the gateway that accepted it
 * @param position of the record in the journal
 * @param payload its bytes, checked against their CRC
 */
public record LastRecord(String resource, long token, long sequence, long generation, long position, byte[] payload) {}
