/** The loops that measure a round trip: closed and open, over any subject and by any clock. */
package io.fencegate.benchmarks.latency.loop;
