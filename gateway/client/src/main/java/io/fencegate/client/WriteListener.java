package io.fencegate.client;

import io.fencegate.client.session.writer.Opened;
import io.fencegate.client.session.writer.StopReason;
import io.fencegate.core.grant.Verdict;

/**
 * Told what became of the writes that {@link FencedWriter#offer} took: each of them exactly once, in the order of their
 * offers, by exactly one of {@link #onAccepted}, {@link #onRefused}, {@link #onInDoubt} and {@link #onTimedOut}. Also
 * told of the writer's own life, where it cares.
 *
 * <p>Called by the thread that calls {@link FencedWriter#poll}, from inside that call. It may offer, but not poll, open
 * or close.
 */
public interface WriteListener {
    /**
     * A write is durable at the gateway's level.
     *
     * @param sequence of the write
     * @param verdict ACCEPTED, or DUPLICATE: accepted before, and its first answer was lost
     * @param generation of the record; 0 in a DUPLICATE that is not the resource's last record
     * @param position of the record; 0 in a DUPLICATE that is not the resource's last record
     */
    void onAccepted(long sequence, Verdict verdict, long generation, long position);

    /**
     * A write was refused: nothing was written, and its sequence was not consumed. The next offer takes up the sequence
     * of the first refused write again; those behind it are refused too.
     *
     * @param sequence of the write
     * @param verdict the rule that refused
     * @param fenceToken token that fences the caller; 0 where none does
     * @param fenceClientId client of the grant that fences the caller; 0 where none does
     * @param sequenceExpected sequence that the gateway waits for; 0 where it did not say
     */
    void onRefused(long sequence, Verdict verdict, long fenceToken, long fenceClientId, long sequenceExpected);

    /**
     * A write never got its own answer, and the resource could not be opened again as it was left: only the journal
     * knows whether it was accepted.
     *
     * @param sequence of the write
     * @param verdict that refused the later open; OPENED where what it told contradicts what was told before; null where
     *     the gateway went back
     * @param fenceToken token that fences the caller; 0 where none does
     * @param fenceClientId client of the grant that fences the caller; 0 where none does
     */
    void onInDoubt(long sequence, Verdict verdict, long fenceToken, long fenceClientId);

    /**
     * A write could not be settled in {@link WriterConfig#writeTimeoutNs()}, and the writer has stopped.
     * {@link FencedWriter#reopen()} settles it: it was accepted if its sequence is not above
     * {@link Opened#sequenceLast()}, and else never will be.
     *
     * @param sequence of the write
     */
    void onTimedOut(long sequence);

    /**
     * The resource was opened for the first time: offers are taken from now on.
     *
     * @param opened what the gateway told
     */
    default void onOpened(final Opened opened) {}

    /**
     * The session was lost. The writer resumes by itself; offers are taken as long as there is room.
     *
     * @param reason as {@code name=value}
     */
    default void onConnectionLost(final String reason) {}

    /**
     * The resource was opened again and holds what it should: writes go on.
     *
     * @param opened what the gateway told
     */
    default void onResumed(final Opened opened) {}

    /**
     * The writer has stopped, and every write that it was offered was told before. See
     * {@link FencedWriter#stopCause()} for the facts.
     *
     * @param reason why, and whether {@link FencedWriter#reopen()} may be tried
     */
    default void onStopped(final StopReason reason) {}
}
