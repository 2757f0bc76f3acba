/** What is measured: the gateway with its clients, and what its parts cost, on the same driver, threads and disk. */
package io.fencegate.benchmarks.latency.subject;
