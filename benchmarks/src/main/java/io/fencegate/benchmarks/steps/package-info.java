/** What the steps of a write cost, each alone: the law's table beside bare memory, and what the table takes. */
package io.fencegate.benchmarks.steps;
