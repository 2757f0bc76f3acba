package io.fencegate.client.session.lease;

/**
 * Who holds a resource, as the sequencer describes it.
 *
 * <p>Immutable; any thread.
 *
 * @param resource its name
 * @param holder clientId of the holder; 0 if nobody holds it
 * @param token of the holder's grant; 0 if nobody holds it
 * @param ttlMs the lease's time to live, in milliseconds of log time
 * @param remainingMs what is left of it, in milliseconds of log time
 * @param waiters how many clients wait for it
 */
public record LeaseState(String resource, long holder, long token, long ttlMs, long remainingMs, int waiters) {
    /** Whether somebody holds it. @return true if so */
    public boolean isHeld() {
        return token != 0;
    }
}
