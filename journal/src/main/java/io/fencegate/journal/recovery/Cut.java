package io.fencegate.journal.recovery;

/**
 * Damage wholly above the highest synced position known: what power loss leaves. Everything from {@code position} on in
 * this generation is no longer part of the journal. Immutable.
 *
 * @param generation in which it stands
 * @param file in which it stands
 * @param position first one that is cut
 * @param reason in words
 * @param salvaged records with a right checksum that are cut because they stand behind the damage
 */
public record Cut(long generation, String file, long position, String reason, long salvaged) {}
