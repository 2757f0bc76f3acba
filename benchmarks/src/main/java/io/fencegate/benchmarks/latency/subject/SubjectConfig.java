package io.fencegate.benchmarks.latency.subject;

import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.storage.durability.Durability;
import io.fencegate.storage.session.SessionLimits;
import java.nio.file.Path;

/**
 * What subjects that are measured side by side have in common, and what only the gateway needs. Immutable.
 *
 * @param driver that all use
 * @param directory that holds the journal of each
 * @param messageLength bytes that a user wants to have written, at least 16
 * @param idling of the client's thread and of the other one of the subject
 * @param writers each with a session of its own; the floor has one
 * @param durability of the gateway's writes; the floor appends and does not sync
 * @param sessions what the gateway allows
 */
public record SubjectConfig(
        LatencyDriver driver,
        Path directory,
        int messageLength,
        Idling idling,
        int writers,
        Durability durability,
        SessionLimits sessions) {
    /** Bytes of a journal mapped at a time, in all subjects. */
    public static final long JOURNAL_BLOCK_LENGTH = 256L << 20;

    /** Checks the limits. */
    public SubjectConfig {
        if (messageLength < 2 * Long.BYTES) {
            throw new IllegalArgumentException("too short to be told from another: messageLength=" + messageLength);
        }
        if (writers < 1 || writers > sessions.sessionsMax()) {
            throw new IllegalArgumentException(
                    "no such number of writers: writers=" + writers + " sessionsMax=" + sessions.sessionsMax());
        }
    }

    /**
     * One writer, answered from the page cache.
     *
     * @param driver that all use
     * @param directory that holds the journal of each
     * @param messageLength bytes that a user wants to have written, at least 16
     * @param idling of the client's thread and of the other one of the subject
     * @return the configuration
     */
    public static SubjectConfig of(
            final LatencyDriver driver, final Path directory, final int messageLength, final Idling idling) {
        return new SubjectConfig(
                driver, directory, messageLength, idling, 1, Durability.PROCESS, SessionLimits.DEFAULT);
    }

    /** The same with other writers. @param count of them @param level that their answers wait for @return a copy */
    public SubjectConfig withWriters(final int count, final Durability level) {
        return new SubjectConfig(driver, directory, messageLength, idling, count, level, sessions);
    }

    /** The same with other limits. @param limits of sessions @return a copy */
    public SubjectConfig withSessions(final SessionLimits limits) {
        return new SubjectConfig(driver, directory, messageLength, idling, writers, durability, limits);
    }
}
