package io.fencegate.benchmarks.ipc;

import io.fencegate.benchmarks.rig.Idling;
import java.nio.file.Path;

/**
 * What both subjects of the IPC rig have in common. Immutable.
 *
 * @param aeronDirectory of the media driver that both use
 * @param directory that holds the journal of each
 * @param messageLength bytes that a user wants to have written, at least 16
 * @param idling of both threads of a subject
 */
public record RigConfig(String aeronDirectory, Path directory, int messageLength, Idling idling) {
    /** Bytes of a journal mapped at a time, in both subjects. */
    public static final long JOURNAL_BLOCK_LENGTH = 256L << 20;

    /** Checks the limits. */
    public RigConfig {
        if (messageLength < 2 * Long.BYTES) {
            throw new IllegalArgumentException("too short to be told from another: messageLength=" + messageLength);
        }
    }
}
