/** Each step of one write alone, by JMH, with the product's own classes and under the names that they have there. */
package io.fencegate.benchmarks.steps.write;
