/** What a lease costs: the shipped sequencer and client beside a cluster, assembled in the same way, that only echoes. */
package io.fencegate.benchmarks.sequencer;
