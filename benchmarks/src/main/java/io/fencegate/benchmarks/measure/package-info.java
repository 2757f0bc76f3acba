/** Figures: blocks in pairs, how they spread, the goal that they are held against, and the row that tells it. */
package io.fencegate.benchmarks.measure;
