package io.fencegate.client;

import io.fencegate.core.grant.Verdict;

/**
 * Told what became of the writes that {@link FencedWriter#offer} sent: each of them once, in the order of their offers.
 *
 * <p>Called by the thread that calls {@link FencedWriter#poll}, from inside that call. It may offer, but not poll, open
 * or close.
 */
public interface WriteListener {
    /**
     * A write is durable at the gateway's level.
     *
     * @param sequence of the write
     * @param verdict ACCEPTED, or DUPLICATE: accepted before
     * @param generation of the record; 0 in a DUPLICATE that is not the resource's last record
     * @param position of the record; 0 in a DUPLICATE that is not the resource's last record
     */
    void onAccepted(long sequence, Verdict verdict, long generation, long position);

    /**
     * A write was refused: nothing was written, and its sequence was not consumed. The next offer takes up the sequence
     * of the first refused write again; those behind it are refused too.
     *
     * @param sequence of the write
     * @param verdict the rule that refused; NOT_OWNER also for a write that was lost with its session
     * @param fenceToken token that fences the caller; 0 where none does
     * @param sequenceExpected sequence that the gateway waits for; 0 where it did not say
     */
    void onRefused(long sequence, Verdict verdict, long fenceToken, long sequenceExpected);

    /**
     * A write never got its own answer, and the resource could not be opened again: only the journal knows whether it
     * was accepted.
     *
     * @param sequence of the write
     * @param verdict that refused the later open
     * @param fenceToken token that fences the caller; 0 where none does
     */
    void onInDoubt(long sequence, Verdict verdict, long fenceToken);
}
