package io.fencegate.benchmarks.peers.hazelcast;

import java.io.Serializable;

/**
 * An entry of the map. Members and clients share this class: they have one class path.
 *
 * @param fence the highest token that opened it
 * @param value what was written last; not copied
 */
record FencedValue(long fence, byte[] value) implements Serializable {}
