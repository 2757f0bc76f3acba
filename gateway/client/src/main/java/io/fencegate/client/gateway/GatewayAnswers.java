package io.fencegate.client.gateway;

import io.fencegate.core.grant.Verdict;
import org.agrona.DirectBuffer;

/**
 * What a gateway can say, as plain values.
 *
 * <p>Called by the client's thread, from inside a poll of the answers.
 */
interface GatewayAnswers {
    void onWelcome(long correlationId, long journalId, long generation, int payloadLengthMax, int answersPendingMax);

    void onOpened(
            long correlationId,
            int handle,
            long token,
            long sequenceLast,
            int runningCrc,
            long lastToken,
            long lastSequence,
            long lastGeneration,
            long lastPosition);

    void onOpenRefused(long correlationId, Verdict verdict, long fenceToken, long fenceClientId, long proof);

    void onWriteAccepted(int handle, long token, long sequence, Verdict verdict, long generation, long position);

    void onWriteRefused(
            int handle,
            long token,
            long sequence,
            Verdict verdict,
            long fenceToken,
            long fenceClientId,
            long sequenceExpected);

    void onLastRecord(
            long correlationId,
            long token,
            long sequence,
            long generation,
            long position,
            int payloadCrc,
            DirectBuffer buffer,
            int offset,
            int length);

    void onRequestRefused(long correlationId, int templateId, Verdict verdict);

    /** Bytes that are no answer of this protocol's version. */
    void onUnreadable(String facts);
}
