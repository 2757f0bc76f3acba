/** What a run leaves to its reader: the table, the environment that it was measured in, distributions and their plots. */
package io.fencegate.benchmarks.report;
