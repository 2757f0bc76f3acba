package io.fencegate.benchmarks.measure;

/**
 * A value with its name and unit. Immutable.
 *
 * @param name whose value: {@code ratio}, {@code gateway}, {@code floor}
 * @param spread over the blocks
 * @param unit {@code ns}, {@code writes/s}, {@code bytes}; empty for a ratio
 */
public record Figure(String name, Spread spread, String unit) {}
