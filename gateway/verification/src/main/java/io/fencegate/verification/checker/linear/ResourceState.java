package io.fencegate.verification.checker.linear;

import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.verification.history.Event;

/**
 * What a gateway knows of one resource, said as plainly as can be.
 *
 * <p>Immutable; any thread.
 *
 * @param fence highest token; 0: the resource is unknown
 * @param clientId of the fence
 * @param sequence last one accepted under the fence's token
 * @param runningCrc over the fence's token's records
 * @param last accepted record
 */
record ResourceState(long fence, long clientId, long sequence, int runningCrc, Last last) {
    /** Nothing was ever opened. */
    static final ResourceState NEW = new ResourceState(0, 0, 0, 0, new Last(0, 0, 0, 0, 0));

    /** An accepted record; its place is 0 where no answer told it. */
    record Last(long token, long sequence, int crc, long generation, long position) {
        boolean stands(final Event end) {
            return position == 0 || end.position() == 0 || generation == end.generation() && position == end.position();
        }
    }

    /** The state with a fence raised. @param open called @return null if that moves no fence */
    ResourceState raised(final Event open) {
        return open.token() > fence ? new ResourceState(open.token(), open.clientId(), 0, 0, last) : null;
    }

    /** The state with a write appended. @param write called @param end that tells its place, or null @return null if it cannot be next */
    ResourceState appended(final Event write, final Event end) {
        if (write.token() != fence || write.sequence() != sequence + 1) {
            return null;
        }
        final boolean hasPlace = end != null;
        return new ResourceState(
                fence,
                clientId,
                write.sequence(),
                PayloadCrc.fold(runningCrc, write.crc()),
                new Last(
                        write.token(),
                        write.sequence(),
                        write.crc(),
                        hasPlace ? end.generation() : 0,
                        hasPlace ? end.position() : 0));
    }

    /** Whether an OPENED may tell what it tells. @param open called @param end with the answer @return true if so */
    boolean mayOpen(final Event open, final Event end) {
        return open.token() == fence
                && open.clientId() == clientId
                && end.sequence() == sequence
                && (end.crc() == 0 || end.crc() == runningCrc)
                && last.stands(end)
                && (end.position() == 0 || last.token() != 0);
    }

    /** Whether a DUPLICATE may be told. @param write called @param end with the answer @return true if so */
    boolean isDuplicate(final Event write, final Event end) {
        return write.token() == fence
                && write.sequence() <= sequence
                && (write.sequence() < sequence || write.crc() == last.crc() && last.stands(end));
    }

    /** Whether a read may find what it found. @param end with the answer @return true if so */
    boolean mayFind(final Event end) {
        return last.token() != 0
                && end.token() == last.token()
                && end.sequence() == last.sequence()
                && end.crc() == last.crc()
                && last.stands(end);
    }
}
