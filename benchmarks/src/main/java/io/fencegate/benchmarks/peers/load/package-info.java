/**
 * The load on a peer, in a process of its own beside the peer's client library: the writers, the proof that they are
 * fenced, and the words that it speaks with the rig. Names nothing but the JDK and HdrHistogram, because these sources
 * are compiled once more with each peer's adapter.
 */
package io.fencegate.benchmarks.peers.load;
