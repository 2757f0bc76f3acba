package io.fencegate.client.sequencer;

import org.agrona.DirectBuffer;

/**
 * Where encoded commands go.
 *
 * <p>The client's thread.
 */
@FunctionalInterface
public interface CommandOutlet {
    /**
     * Sends a message.
     *
     * @param buffer holding it; free again when this returns
     * @param offset of its first byte
     * @param length in bytes
     * @return a positive position, or a negative code as of a publication
     */
    long offer(DirectBuffer buffer, int offset, int length);
}
