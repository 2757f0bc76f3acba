package io.fencegate.storage.recovery;

/**
 * What was recovered. Frozen.
 *
 * @param journalId random identity of the journal
 * @param generation that begins with this start, from 1
 * @param fences raised in all generations, as far as they are kept
 * @param records accepted in all generations, as far as they are kept
 * @param resources that have a fence
 */
public record RecoveryReport(long journalId, long generation, long fences, long records, int resources) {}
