package io.fencegate.client;

import io.fencegate.core.grant.Verdict;

/**
 * A write that was acknowledged: durable at the gateway's level.
 *
 * <p>Immutable; any thread.
 *
 * @param sequence of the write, from 1
 * @param verdict ACCEPTED, or DUPLICATE: accepted before
 * @param generation of the record; 0 where the gateway did not say it again
 * @param position of the record; 0 where the gateway did not say it again
 */
public record Receipt(long sequence, Verdict verdict, long generation, long position) {}
