/** Rigs that measure the round trip of a write: beside its floor, beside others, disturbed, and over a matrix of loads. */
package io.fencegate.benchmarks.latency;
