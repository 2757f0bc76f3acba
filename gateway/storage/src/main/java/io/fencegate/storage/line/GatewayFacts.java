package io.fencegate.storage.line;

/**
 * What a welcome tells of the gateway. Frozen.
 *
 * @param journalId random identity of the journal
 * @param generation run of the gateway as the journal's writer
 * @param payloadLengthMax longest payload that is accepted, in bytes
 * @param answersPendingMax requests that a session may have unanswered
 */
public record GatewayFacts(long journalId, long generation, int payloadLengthMax, int answersPendingMax) {}
